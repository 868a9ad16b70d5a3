"""Click's own words in Chinese: it asks gettext for them, and gettext is given this table.

A compiled catalogue would do the same, but only where the environment asks for Chinese, and it would have to be
compiled for every checkout; an office's terminal speaks Chinese whatever its environment says.
"""

from __future__ import annotations

import gettext

import click

WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Positional arguments": "参数",
    "Commands": "命令",
    "Show this message and exit.": "显示这段说明",
    "Show the version and exit.": "显示版本号",
    "required": "必填",
    "deprecated": "不再使用",
    "default: {default}": "默认 {default}",
    "env var: {var}": "环境变量 {var}",
    "(dynamic)": "（随情况而定）",
    "Aborted!": "已中止",
    "unknown error": "原因不明",
    "Error: {message}": "错误：{message}",
    "Try '{command} {option}' for help.": "运行 {command} {option} 查看用法。",
    "Missing command.": "没有写命令；运行 planbook --help 查看全部命令",
    "Missing argument": "缺少参数",
    "Missing option": "缺少选项",
    "Missing parameter": "缺少参数",
    "Missing parameter: {param_name}": "缺少参数 {param_name}",
    "Missing {param_type}": "缺少 {param_type}",
    "Choose from:\n\t{choices}": "可选的有：\n\t{choices}",
    "Invalid value: {message}": "写法不对：{message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} 写法不对：{message}",
    "No such option {name!r}.": "没有“{name}”这个选项。",
    "No such option: {name}": "没有“{name}”这个选项。",
    "No such command {name!r}.": "没有“{name}”这个命令；运行 planbook --help 查看全部命令。",
    "Did you mean {possibility}?": "是否指 {possibility}？",
    "(Did you mean one of: {possibilities}?)": "是否指 {possibilities} 之一？",
    "(Possible options: {possibilities})": "是否指 {possibilities} 之一？",
    "Got unexpected extra argument ({args})": "多写了参数：{args}；名称中有空格的请加引号",
    "Got unexpected extra arguments ({args})": "多写了参数：{args}；名称中有空格的请加引号",
    "Invalid start character for option ({option})": "选项不能这样开头：{option}；应以 - 或 -- 开头",
    "Option {name!r} does not take a value.": "选项 {name} 后面不写值",
    "Option {name!r} requires an argument.": "选项 {name} 后面要写一个值",
    "Option {name!r} requires {nargs} arguments.": "选项 {name} 后面要写 {nargs} 个值",
    "Argument {name!r} takes {nargs} values.": "参数 {name} 要写 {nargs} 个值",
    "Value must be an iterable.": "应为一组值",
    "Takes {nargs} values but 1 was given.": "应写 {nargs} 个值，只写了 1 个",
    "Takes {nargs} values but {len} were given.": "应写 {nargs} 个值，写了 {len} 个",
    "{len_type} values are required, but {len_value} was given.": "应写 {len_type} 个值，写了 {len_value} 个",
    "{len_type} values are required, but {len_value} were given.": "应写 {len_type} 个值，写了 {len_value} 个",
    "file": "文件",
    "directory": "文件夹",
    "path": "路径",
    "File": "文件",
    "Directory": "文件夹",
    "Path": "路径",
    "{value!r} is not {choice}.": "没有“{value}”这个值；应为 {choice}",
    "{value!r} is not one of {choices}.": "没有“{value}”这个值；应为 {choices} 之一",
    "{value} is not in the range {range}.": "{value} 超出范围；应为 {range}",
    "{value!r} is not a valid boolean.": "“{value}”不合要求；应为 true 或 false",
    "{value!r} is not a valid boolean. Recognized values: {states}": "“{value}”不合要求；应为 {states} 之一",
    "{value!r} is not a valid {number_type}.": "“{value}”不合要求；应为数字",
    "{name} {filename!r} does not exist.": "没有“{filename}”；请核对路径",
    "{name} {filename!r} is a file.": "“{filename}”是文件；应为文件夹",
    "{name} {filename!r} is a directory.": "“{filename}”是文件夹；应为文件",
    "{name} {filename!r} is not readable.": "“{filename}”没有读取的权限",
    "{name} {filename!r} is not writable.": "“{filename}”没有写入的权限",
    "{name} {filename!r} is not executable.": "“{filename}”没有运行的权限",
    "Could not open file {filename!r}: {message}": "打不开“{filename}”：{message}",
}
"""What click says → what the keeper reads. A text that is not here stays as click has it."""

VALUES = {
    "text": "文字",
    "integer": "整数",
    "integer range": "整数",
    "float": "数字",
    "float range": "数字",
    "path": "路径",
    "file": "文件",
    "directory": "文件夹",
    "filename": "文件",
}
"""What stands for an option's value where nothing else is said; click does not ask gettext for these."""
OPTIONS, SUBCOMMAND = "[选项]", "命令 [参数]…"


def speak_chinese() -> None:
    """Give gettext the table; `gettext.gettext` looks its lookups up by name whenever it is called."""
    gettext.dgettext = _word
    gettext.dngettext = _words


def in_chinese(command: click.Command) -> click.Command:
    """A command, and those below it, whose usage has no English words of click's."""
    command.options_metavar = OPTIONS
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.metavar is None and not parameter.is_flag:
            parameter.metavar = VALUES.get(parameter.type.name)
    if isinstance(command, click.Group):
        command.subcommand_metavar = SUBCOMMAND
        for found in command.commands.values():
            in_chinese(found)
    return command


def _word(domain: str, message: str) -> str:
    return WORDS.get(message, message)


def _words(domain: str, msgid1: str, msgid2: str, n: int) -> str:
    return _word(domain, msgid1 if n == 1 else msgid2)
