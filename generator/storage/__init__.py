"""plan/ on disk ⇄ the model; the only code that knows YAML."""

from generator.storage.draft_writer import record_yaml, with_entries
from generator.storage.loaded import LoadedProject
from generator.storage.loader import PLAN_FILES, PROJECT_FILES, load_project
from generator.storage.office_files import AIR_HEADINGS, replies_file, return_file
from generator.storage.schemas import FOLDER as SCHEMA_FOLDER
from generator.storage.schemas import plan_file_schemas
from generator.storage.terms_file import load_terms
from generator.storage.yaml_reader import Loc, SourceFile

__all__ = [
    "AIR_HEADINGS",
    "PLAN_FILES",
    "PROJECT_FILES",
    "SCHEMA_FOLDER",
    "LoadedProject",
    "Loc",
    "SourceFile",
    "load_project",
    "load_terms",
    "plan_file_schemas",
    "record_yaml",
    "replies_file",
    "return_file",
    "with_entries",
]
