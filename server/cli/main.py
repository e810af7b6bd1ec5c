"""The commands and their arguments."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from server.cli.errors import CommandError
from server.settings import Settings, SettingsError, domain_or_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from wsgiref.types import WSGIApplication


class AppPort(Protocol):
    """The web side, handed in from above: the command line does not know Flask. Failures are CommandError."""

    def create(
        self, settings: Settings, failed: Callable[[Exception], None], ready: Callable[[], None]
    ) -> WSGIApplication:
        """The WSGI application. It may still be reading the rules: `failed` is told of broken ones, else `ready`."""
        ...

    def ensure_tokens(self, path: Path) -> str:
        """The first token of the file, made if need be."""
        ...

    def add_token(self, path: Path, name: str, role: Literal["rep", "admin"], *, replace: bool) -> str:
        """A new token for a person; with `replace` instead of the one that he has."""
        ...


def main(argv: list[str], app: AppPort) -> int:
    """Run one command. Exit status: 0 done, 1 some mail could not be read or a check failed, 2 wrong use."""
    args = parser().parse_args(argv)
    try:
        return run(args, app)
    except SettingsError as error:
        print(f"backtone: {error}", file=sys.stderr)
        return 2
    except CommandError as error:
        print(f"backtone: {error.message}", file=sys.stderr)
        return error.status
    except BrokenPipeError:  # the reader of our output has seen enough, as in `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def run(args: argparse.Namespace, app: AppPort) -> int:
    """Hand the arguments to the command's own file."""
    if args.command == "rule":
        from server.cli.rules import new_rule

        return new_rule(args.name)
    if args.command == "account":
        from server.cli.accounts import print_cells

        return print_cells(sys.stdin)
    settings = Settings.from_env(os.environ)
    if args.command == "vet":
        from server.cli.vet import vet

        return vet(args, settings)
    if args.command == "serve":
        from server.cli.serve import serve

        return serve(settings, app)
    if args.command == "rulebook":
        from server.cli.rules import rulebook

        return rulebook(settings, check=args.check, out=args.out)
    token = app.add_token(settings.tokens_file, args.name, args.role, replace=args.replace)
    print(token)
    print(f"backtone: written to {settings.tokens_file}; a server with this file takes it from now on", file=sys.stderr)
    return 0


def parser() -> argparse.ArgumentParser:
    """All arguments of all commands."""
    top = argparse.ArgumentParser(prog="python -m server", description="Backtone: how risky is this inquiry, and why.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _vet(commands.add_parser("vet", help="vet mails from files", description=VET))
    commands.add_parser("serve", help="start the API", description="Start the API. Settings: server/README.md.")
    book = commands.add_parser(
        "rulebook", help="compile the rules", description="Compile shared_rules/ and the overlay."
    )
    book.add_argument("--check", action="store_true", help="also run every rule's cases")
    book.add_argument("--out", type=Path, metavar="FILE", help="write rulebook.json there")
    rule = commands.add_parser("rule", help="make a rule").add_subparsers(required=True, metavar="new")
    new = rule.add_parser("new", help="make a rule file from the template")
    new.add_argument("name", metavar="group/id", help="as content/refuses_video_call")
    commands.add_parser(
        "account", help="account numbers as hashes for accounts.csv", description="Reads numbers, one a line."
    )
    token = commands.add_parser("token", help="tokens of the API").add_subparsers(required=True, metavar="add")
    add = token.add_parser("add", help="make a token for a person and print it")
    add.add_argument("name", metavar="NAME", help="the person, for the admin's eyes")
    add.add_argument("--role", choices=("rep", "admin"), default="rep", help="default: rep")
    add.add_argument("--replace", action="store_true", help="the person's token before counts no longer")
    return top


VET = """Vet mails. A path is an .eml file, a folder (its .eml files, by path), an mbox, a Maildir, or a .jsonl or
.jsonl.gz file with id, sender, reply_to, subject, body and attachments on each line."""


def _vet(vet: argparse.ArgumentParser) -> None:
    vet.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    vet.add_argument("--offline", action="store_true", help="no look-ups: opens no socket at all")
    vet.add_argument("--no-meaning", action="store_true", help="words and facts only, no look at what sentences mean")
    vet.add_argument("--lang", choices=("en", "zh_CN"), default="en", help="language of the verdict")
    vet.add_argument(
        "--format",
        choices=("text", "json", "jsonl"),
        default="text",
        help="a report, whole verdicts, or one line a mail",
    )
    vet.add_argument(
        "--own-domain",
        action="append",
        default=[],
        type=_own,
        metavar="D",
        help="a domain of ours, or our address on freemail",
    )
    vet.add_argument(
        "--summary", action="store_true", help="only shares by level and counts by rule, nothing of a mail"
    )


def _own(text: str) -> str:
    try:
        return domain_or_address(text.strip())
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}: {text!r}") from None
