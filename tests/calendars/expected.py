#!/usr/bin/env python3
"""What another source says about our holidays, kept as files that a test of `src/calendar` reads.

Writes one file per calendar, and the Easters of 1900 to 2999, beside itself; with --check it compares instead.
Needs the package below in exactly this version: `pip install holidays==0.109 python-dateutil==2.9.0.post0`.
"""

import argparse
import importlib.metadata
import pathlib
import sys

import dateutil.easter
import holidays

VERSIONS = {"holidays": "0.109", "python-dateutil": "2.9.0.post0"}
YEARS = range(2000, 2036)
LAENDER = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split()


def calendars():
    """Our code of a calendar, and the other source's days."""
    for country in ["BE", "NL", "DE", "FR", "US"]:
        yield country, holidays.country_holidays(country, years=YEARS, language="en_US")
    for land in LAENDER:
        yield f"DE_{land}", holidays.country_holidays("DE", subdiv=land, years=YEARS, language="en_US")
    yield "TARGET", holidays.financial_holidays("XECB", years=YEARS)


def files():
    """The name and the text of each file."""
    for code, days in calendars():
        lines = [f"{day} {name}\n" for day, name in sorted(days.items())]
        yield f"{code}.txt", head(f"{code}, {YEARS[0]} to {YEARS[-1]}", "holidays") + "".join(lines)
    easters = [f"{dateutil.easter.easter(year)}\n" for year in range(1900, 3000)]
    yield "easter.txt", head("Easter Sunday, 1900 to 2999", "python-dateutil") + "".join(easters)


def head(what, package):
    return f"# {what}, by {package} {VERSIONS[package]} of PyPI; made by tests/calendars/expected.py\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="compare the files instead of writing them")
    check = arguments.parse_args().check
    for package, version in VERSIONS.items():
        if importlib.metadata.version(package) != version:
            sys.exit(f"this needs {package} {version}, not {importlib.metadata.version(package)}")
    folder = pathlib.Path(__file__).parent
    expected = dict(files())
    if not check:
        for name, text in expected.items():
            (folder / name).write_text(text, encoding="utf-8")
        return
    found = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    different = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if different:
        sys.exit("not what the packages say: " + ", ".join(different) + "\nrun tests/calendars/expected.py and read the difference")
    print(f"{len(expected)} calendars are as {', '.join(f'{name} {version}' for name, version in VERSIONS.items())} say")


if __name__ == "__main__":
    main()
