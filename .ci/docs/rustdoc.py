"""Puts what `cargo doc` wrote into the site, so that links to it are checked like any other."""

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the crates' documentation below `rust/`."""
    rustdoc = Path(os.environ["OPENINT_RUSTDOC"])
    for path in sorted(rustdoc.rglob("*")):
        below = path.relative_to(rustdoc)
        if path.is_file() and path.name != ".lock":
            files.append(
                File.generated(
                    config,
                    f"rust/{below.as_posix()}",
                    abs_src_path=str(path),
                    inclusion=InclusionLevel.NOT_IN_NAV,
                )
            )
    return files
