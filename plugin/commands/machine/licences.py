"""``hitpoint licences``: whose work is in it, and what its weights were trained on."""

from __future__ import annotations

import argparse
import json

from hitpoint.plugin.licences import libraries, licences_document, shipped_files


def run(options: argparse.Namespace) -> None:
    """Print notices as text, or everything as JSON."""
    if options.json:
        print(json.dumps(licences_document(), indent=1))
        return
    print("Hitpoint: MIT. What follows tells facts and is no legal advice.\n")
    for one in shipped_files():
        print(f"{one.path}: {one.what}\n  licence     {one.licence}")
        for number, data in enumerate(one.trained_on):
            print(f"  {'made from' if number == 0 else '':<11} {data}")
        if one.card:
            print(f"  more        {one.card}")
    print("\nLibraries")
    for library in libraries():
        needed = f"  (extra {library.extra})" if library.extra else ""
        print(f"  {library.name} {library.version}: {library.licence}{needed}")
    if options.notices:
        for notice in dict.fromkeys(one.notice for one in shipped_files() if one.notice):
            print(f"\n{'-' * 80}\n{notice.rstrip()}")
