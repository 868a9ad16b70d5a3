"""plan/ on disk ⇄ the model; the only code that knows YAML."""

from generator.storage.loader import PLAN_FILES, PROJECT_FILES, LoadedProject, load_project
from generator.storage.terms_file import load_terms
from generator.storage.yaml_reader import Loc, SourceFile

__all__ = ["PLAN_FILES", "PROJECT_FILES", "LoadedProject", "Loc", "SourceFile", "load_project", "load_terms"]
