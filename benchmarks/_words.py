"""Write the text of synthetic files: code and prose that no project owns, from a random source."""

from __future__ import annotations

from random import Random

_NOUNS = (
    "anchor",
    "basket",
    "candle",
    "drawer",
    "engine",
    "feather",
    "garden",
    "hammer",
    "island",
    "jacket",
    "kettle",
    "ladder",
    "mirror",
    "needle",
    "orchard",
    "parcel",
    "quarry",
    "ribbon",
    "saddle",
    "timber",
    "umbrella",
    "violin",
    "window",
    "yarn",
    "zipper",
    "barrel",
    "compass",
    "dial",
    "estuary",
    "furnace",
)
_VERBS = (
    "arrange",
    "bundle",
    "count",
    "divide",
    "empty",
    "fasten",
    "gather",
    "hoist",
    "inspect",
    "join",
    "knead",
    "lower",
    "measure",
    "notch",
    "order",
    "polish",
    "queue",
    "rinse",
    "sort",
    "trim",
    "unpack",
    "weigh",
)


def noun(random: Random) -> str:
    """Pick a noun."""
    return random.choice(_NOUNS)


def name(random: Random) -> str:
    """Make a name of code, such as `sort_parcel_41`."""
    return f"{random.choice(_VERBS)}_{noun(random)}_{random.randrange(100)}"


def sentence(random: Random) -> str:
    """Make a sentence of nine words."""
    verb, three = random.choice(_VERBS), [noun(random) for _ in range(3)]
    return f"{verb.capitalize()} the {three[0]} before the {three[1]} and the {three[2]}."


def python_block(random: Random) -> str:
    """Write a function of eleven lines, or a class of thirteen, with what such code holds."""
    first, second, thing = name(random), name(random), noun(random)
    limit, rate = random.randrange(2, 90), random.random()
    if random.randrange(3):
        return f'''

def {first}({thing}s, limit={limit}):
    """{sentence(random)}"""
    found = {{}}
    for index, {thing} in enumerate({thing}s):
        if {thing}.weight > limit and not {thing}.done:
            found[{thing}.name] = round({thing}.weight * {rate:.3f}, 2)
        elif index % {limit} == 0:
            log.debug("{second}: %s", {thing}.name)
    return sorted(found.items(), key=lambda pair: pair[1])
'''
    return f'''

class {"".join(part.capitalize() for part in first.split("_"))}:
    """{sentence(random)}"""

    limit = {limit}

    def __init__(self, {thing}, size=None):
        self.{thing} = {thing}
        self.size = size or self.limit

    def {second}(self, other):
        """{sentence(random)}"""
        return self.{thing}.join(other, at=self.size, by="{noun(random)}")
'''


def script_block(random: Random) -> str:
    """Write a TypeScript function of nine lines."""
    thing = noun(random)
    return f"""
// {sentence(random)}
export function {name(random)}(all: {thing.capitalize()}[]): number {{
  let total = {random.randrange(9)};
  for (const one of all) {{
    total += one.weight ?? {random.randrange(50)};
  }}
  return total;
}}
"""


def prose_block(random: Random) -> str:
    """Write a heading and a paragraph."""
    lines = "\n".join(f"{sentence(random)} {sentence(random)}" for _ in range(5))
    return f"\n## {noun(random).capitalize()}\n\n{lines}\n"


def settings_block(random: Random) -> str:
    """Write a section of a settings file."""
    keys = "\n".join(f"  {name(random)}: {random.randrange(10_000)}" for _ in range(8))
    return f"\n{name(random)}:\n{keys}\n"
