#!/usr/bin/env python3
"""Writes towns.csv beside this file from the distribution's packages libgeonames0 and libgeonames-common (Debian, Ubuntu).

    python3 assets/places/towns.py            # towns of Morocco, Türkiye and the Netherlands

The list lets a place be chosen by name where nobody has coordinates. Places are rounded to 0.01 degree, as answers
are. Names stand in the languages that have one of their own; a language without one shows the English name.
Data: GeoNames (https://www.geonames.org), CC BY 4.0. The output is committed; run this again to renew it.
"""
import csv
import ctypes
import gettext
import os
import sys

COUNTRIES = ("MA", "TR", "NL")
LANGUAGES = {"ar": "العربية (ar)", "fr": "Français (fr)", "tr": "Türkçe (tr)", "nl": "Nederlands (nl)"}


def towns(library):
    """(id, name, region, country code, population, latitude, longitude) of every town of the package."""
    geonames, glib = ctypes.CDLL(library), ctypes.CDLL("libglib-2.0.so.0")
    geonames.geonames_get_city.restype = ctypes.c_void_p
    glib.g_variant_get_child_value.restype = ctypes.c_void_p
    glib.g_variant_get_child_value.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    glib.g_variant_get_string.restype = ctypes.c_char_p
    glib.g_variant_get_string.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    glib.g_variant_get_double.restype = ctypes.c_double
    glib.g_variant_get_double.argtypes = [ctypes.c_void_p]
    glib.g_variant_get_uint32.restype = ctypes.c_uint32
    glib.g_variant_get_uint32.argtypes = [ctypes.c_void_p]
    for index in range(geonames.geonames_get_n_cities()):
        city = geonames.geonames_get_city(index)
        child = lambda n: glib.g_variant_get_child_value(city, n)  # noqa: E731
        text = lambda n: glib.g_variant_get_string(child(n), None).decode("utf-8")  # noqa: E731
        yield (text(0), text(1), text(3), text(4), glib.g_variant_get_uint32(child(7)),
               glib.g_variant_get_double(child(8)), glib.g_variant_get_double(child(9)))


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "/"
    library = os.path.join(root, "usr/lib/x86_64-linux-gnu/libgeonames.so.0")
    catalogues = {code: gettext.translation("geonames", os.path.join(root, "usr/share/locale"), [code], fallback=True)
                  for code in LANGUAGES}
    rows = []
    for identity, name, region, country, people, latitude, longitude in towns(library):
        if country not in COUNTRIES:
            continue
        row = {"name": f"{country.lower()}-{identity}", "label": name}
        for code, column in LANGUAGES.items():
            own = catalogues[code].gettext(identity)
            row["label::" + column] = name if own == identity else own
        row.update(country=country.lower(), region=region, people=people, latitude=f"{latitude:.2f}", longitude=f"{longitude:.2f}")
        rows.append(row)
    # The largest first, country by country: what is near the top is what is meant most often.
    rows.sort(key=lambda r: (COUNTRIES.index(r["country"].upper()), -r["people"], r["name"]))
    for row in rows:
        del row["people"]
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "towns.csv")
    with open(target, "w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{target}: {len(rows)} towns")


if __name__ == "__main__":
    main()
