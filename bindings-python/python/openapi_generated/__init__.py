"""A namespace: other distributions may put their packages beside `pinterest_client`.

What `pkgutil.extend_path` does, without its import, which takes as long as all of ours.
"""

import os
import sys

__path__ += [
    folder
    for folder in dict.fromkeys(os.path.join(entry, __name__) for entry in sys.path)
    if folder not in __path__ and os.path.isfile(os.path.join(folder, "__init__.py"))
]
