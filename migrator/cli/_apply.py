"""Take the options of `migrate apply`."""

from __future__ import annotations

from dataclasses import replace

from migrator.cli import _apply_options as own
from migrator.cli import _options as options
from migrator.cli._ending import end


def apply(  # noqa: PLR0913 - the options of the contract
    given: own.Given = options.HERE,
    *,
    branch: own.Branch = "",
    only: own.Only = None,
    site: own.Sites = None,
    commit_per: own.CommitPer = "",
    validate: own.Validate = None,
    setup: own.Setup = None,
    link: own.Links = None,
    time_limit: own.TimeLimit = None,
    no_validate: own.NoValidate = False,
    pr: own.PullRequest = False,
    diff: own.Diff = False,
    yes: own.Yes = False,
    target: options.Target = "",
    source: options.Sources = None,
    confirm: options.Confirm = None,
    everything: options.Everything = False,
    include: options.Include = None,
    exclude: options.Exclude = None,
    unblock: options.Unblock = False,
    sampling: options.Sampling = "",
    prompts: options.Prompts = "",
) -> None:
    """Make the planned edits on a branch of their own. Leaves your checkout as it is."""
    from migrator.commands.perform import Wishes, perform

    planning = options.planning(
        target, source, confirm, include, exclude, sampling, everything=everything, unblock=unblock
    )
    planning = replace(planning, prompts=prompts)
    wishes = Wishes(
        branch=branch,
        only=options.joined(only),
        sites=tuple(site or ()),
        commit_per=commit_per,
        validate=tuple(validate or ()),
        setup=tuple(setup or ()),
        links=tuple(link or ()),
        limit=time_limit,
        unvalidated=no_validate,
        pull_request=pr,
        diff=diff,
        yes=yes,
    )
    end(lambda: perform(given, planning, wishes))
