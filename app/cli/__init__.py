"""The command `servimeter`. Every file here that holds a command of its own name is a sub-command; it is imported when it is called."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import click

from app.i18n import LANGUAGES


class Commands(click.Group):
    """Finds sub-commands in the files of this package and imports only the one that is called."""

    def list_commands(self, _: click.Context) -> list[str]:
        names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
        return [name.replace("_", "-") for name in names if _command(name)]

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        name = cmd_name.replace("-", "_")
        return _command(name) if name in {module.name for module in iter_modules(__path__)} else None


def _command(name: str) -> click.Command | None:
    command = getattr(import_module(f"{__name__}.{name}"), name, None)
    return command if isinstance(command, click.Command) else None


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="servimeter")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), envvar="SERVIMETER_LANG", help="输出的语言 / Language of the output."
)
@click.pass_context
def main(context: click.Context, lang: str | None) -> None:
    """服务型制造成熟度自评平台 / Self-assessment of service-oriented manufacturing."""
    context.obj = lang
