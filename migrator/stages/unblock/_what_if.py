"""Read a call as it would be with fixes made, to judge its sites once more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from migrator.domain.edit import (
    AddArgument,
    DropArgument,
    InsertPrompt,
    RenameArgument,
    ReplaceModel,
    ReplaceText,
)
from migrator.domain.expression import Text
from migrator.domain.site import (
    ABSENT,
    BoundCall,
    ClassifiedSite,
    DecidedSite,
    Setting,
    SettingState,
)
from migrator.domain.trail import Found
from migrator.domain.unblock import Fix


def with_fixes(site: DecidedSite, fixes: Iterable[Fix]) -> ClassifiedSite:
    """Give a site whose call sends what it would send after the fixes."""
    classified = site.judged.classified
    call = classified.call
    if call is None:
        return classified
    for each in fixes:
        call = _fixed(call, each)
    bound = replace(classified.bound, call=call)
    return replace(classified, paired=replace(classified.paired, bound=bound))


def _fixed(call: BoundCall, fix: Fix) -> BoundCall:
    settings, arguments = dict(call.settings), dict(call.arguments)
    match fix.change:
        case RenameArgument(before=before, after=after):
            settings[after] = settings.get(before, ABSENT)
            settings[before] = ABSENT
            arguments[after] = arguments.pop(before)
        case DropArgument(name=name):
            settings[name] = ABSENT
            arguments.pop(name)
        case AddArgument(at=at, value=value) | ReplaceText(at=at, after=value):
            found = Found(Text(at, value), call.frame)
            settings[fix.setting] = Setting(
                state=SettingState.EXPLICIT,
                value=value,
                at=at.within(call.frame.path),
                ends=(found,),
            )
            arguments.setdefault(fix.setting.partition(".")[0], found)
        case ReplaceModel() | InsertPrompt():
            pass
    return replace(call, settings=settings, arguments=arguments)
