"""Remakes the .npy files of this folder from the packages that ship the data.

    python3 -m venv VENV && VENV/bin/pip install numpy==2.4.6 pillow==13.0.0
    VENV/bin/python samples/make.py

The sources are files inside two wheels of PyPI; each is checked against the
SHA-256 below, so another wheel of the same data (another platform) serves too.
With --wheels DIR the wheels of that folder are used and nothing is fetched.
"""

import argparse
import csv
import gzip
import hashlib
import io
import pathlib
import subprocess
import sys
import tempfile
import zipfile

import numpy as np
from PIL import Image

PACKAGES = ["scikit-learn==1.9.1", "palmerpenguins==0.1.6"]

MEMBERS = {
    "sklearn/datasets/data/digits.csv.gz": "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22",
    "sklearn/datasets/images/china.jpg": "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
    "palmerpenguins/data/penguins.csv": "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
}

PENGUIN = np.dtype([
    ("species", "S10"),
    ("island", "S10"),
    ("bill_length", "<f4"),
    ("bill_depth", "<f4"),
    ("flipper_length", "<f4"),
    ("body_mass", "<f4"),
    ("sex", "S6"),
    ("year", "<i2"),
])


def members(folder):
    """The bytes of every source file, by its path inside its wheel."""
    found = {}
    for wheel in sorted(pathlib.Path(folder).glob("*.whl")):
        with zipfile.ZipFile(wheel) as z:
            for name in set(z.namelist()) & MEMBERS.keys():
                found[name] = z.read(name)
    for name, want in MEMBERS.items():
        got = hashlib.sha256(found[name]).hexdigest()
        if got != want:
            sys.exit(f"{name}: sha256 {got}, want {want}")
    return found


def digits(raw):
    table = np.loadtxt(io.BytesIO(gzip.decompress(raw)), delimiter=",").astype("u1")
    return table[:, :-1].reshape(-1, 8, 8), table[:, -1]


def photo(raw):
    """The picture at half its size: each pixel the mean of 2x2, rounded half up."""
    rgb = np.asarray(Image.open(io.BytesIO(raw)).convert("RGB"))
    rgb = rgb[: rgb.shape[0] // 2 * 2, : rgb.shape[1] // 2 * 2].astype("u2")
    sums = rgb[0::2, 0::2] + rgb[1::2, 0::2] + rgb[0::2, 1::2] + rgb[1::2, 1::2]
    return ((sums + 2) // 4).astype("u1")


def penguins(raw):
    number = lambda s: float("nan") if s == "NA" else float(s)
    text = lambda s: b"" if s == "NA" else s.encode("ascii")
    rows = csv.DictReader(io.StringIO(raw.decode("ascii")))
    return np.array([(
        text(r["species"]), text(r["island"]),
        number(r["bill_length_mm"]), number(r["bill_depth_mm"]),
        number(r["flipper_length_mm"]), number(r["body_mass_g"]),
        text(r["sex"]), int(r["year"]),
    ) for r in rows], dtype=PENGUIN)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--wheels", help="folder of wheels fetched before")
    p.add_argument("--out", default=pathlib.Path(__file__).parent, type=pathlib.Path)
    args = p.parse_args()
    if args.wheels:
        source = members(args.wheels)
    else:
        with tempfile.TemporaryDirectory() as tmp:
            subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps",
                            "--only-binary=:all:", "-d", tmp, *PACKAGES], check=True)
            source = members(tmp)
    images, labels = digits(source["sklearn/datasets/data/digits.csv.gz"])
    made = {
        "digits": images,
        "labels": labels,
        "photo": photo(source["sklearn/datasets/images/china.jpg"]),
        "penguins": penguins(source["palmerpenguins/data/penguins.csv"]),
    }
    for name, array in made.items():
        path = args.out / f"{name}.npy"
        np.save(path, np.ascontiguousarray(array))
        sum_ = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{sum_}  {name}.npy  {array.dtype.str} {array.shape}")


if __name__ == "__main__":
    main()
