"""Tells PyInstaller of the files beside this one; it looks here by the entry point of pyproject.toml."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("openapi_generated.pinterest_client")
