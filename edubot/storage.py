"""Where files are kept: a folder that all machines share."""

from contextlib import suppress
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Files in MEDIA_ROOT; a file that could not be written whole is removed.

    Otherwise every try on a full disk would leave a part of the file, and fill what was just freed.
    """

    def _save(self, name: str, content: Any) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc,no-any-return]
        except OSError:
            with suppress(OSError):
                self.delete(name)  # drawn for this file alone by `get_available_name`
            raise
