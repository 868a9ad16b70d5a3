"""What storage and the graph find while they read; here it is only explained."""

from __future__ import annotations

from generator.checks.rule import Rule
from generator.findings import Severity

ERROR, WARNING = Severity.ERROR, Severity.WARNING

RULES = (
    Rule(
        "file",
        ERROR,
        "文件无法读取",
        "文件缺少、打不开、不是 UTF-8 文字、太大，或是指向 plan/ 之外的链接。",
        "用记事本另存为“ANSI”的文件。",
        "用编辑器另存为 UTF-8；缺少的文件补上。",
    ),
    Rule(
        "yaml",
        ERROR,
        "YAML 写法有误",
        "缩进、冒号、引号或括号不对，或用了锚点、标签、合并等不允许的写法。",
        'text: "五尘"同治。',
        "以引号、@、*、& 等打头的文字，整句加引号：text: '\"五尘\"同治。'",
    ),
    Rule(
        "schema",
        ERROR,
        "填写的内容不合规定",
        "键写错、必填项缺少、值的类型不对，或不在可选值之内。",
        "titel: 扬尘治理",
        "照提示改正；在 VS Code 中打开文件，可得到提示和补全。",
    ),
    Rule(
        "stray-file",
        WARNING,
        "文件不会被读取",
        "计划文件夹里只读取规定名称的文件，和 measures/ 下的 .yml 文件。",
        "measures/14.yaml、link.yml",
        "照提示改名；不用的文件删去。",
    ),
    Rule(
        "source-file",
        ERROR,
        "来源文件读不到",
        "plan.yml 的 source 应是 plan/source/ 下的一个文件名。",
        "source: ../原文.txt",
        "把文件放进 plan/source/，这里只写文件名。",
    ),
    Rule(
        "duplicate-number",
        ERROR,
        "措施序号重复",
        "一个计划里，每项措施的 number 应不同。",
        "13.yml 和 14.yml 都写 number: 14",
        "照原文顺序改正其中一个。",
    ),
    Rule(
        "plan-id",
        ERROR,
        "计划 id 与文件夹名不同",
        "plan/<文件夹>/plan.yml 里的 id 应与文件夹同名，措施和链接都靠它。",
        "复制上一年度的文件夹后没有改 id。",
        "把两者改成一样。",
    ),
    Rule(
        "plan-missing",
        ERROR,
        "没有任何计划",
        "plan/ 下至少要有一个含 plan.yml 的文件夹。",
        "plan.yml 直接放在 plan/ 下。",
        "建立 plan/<计划 id>/plan.yml。",
    ),
    Rule(
        "terms",
        ERROR,
        "词表写法有误",
        "templates/terms.yml 只写“键: 文字”，可以分层。",
        "role: [牵头]",
        "在 role: 之下缩进写 lead: 牵头。",
    ),
    Rule(
        "unit-ambiguous",
        ERROR,
        "单位名称有歧义",
        "同一名称在 units.yml 里属于两个单位，无法确定指谁。",
        "两个单位都有别名“环保局”。",
        "在 units.yml 里改动其中一个的名称或别名，使之可以区分。",
    ),
)
