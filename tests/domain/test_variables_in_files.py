"""Variables that files of configuration set, in every usual form; names that only stand there."""

from __future__ import annotations

import pytest

from migrator.domain.variables_in_files import assigned

URL = "https://llm.example.org/v1"
SETTING = {
    "dotenv": f"LLM_URL={URL}",
    "dotenv, quoted": f'LLM_URL = "{URL}"  # ours',
    "shell": f"export LLM_URL='{URL}'; python app.py",
    "shell, unless set": f': "${{LLM_URL:={URL}}}"',
    "shell, or": f'export LLM_URL="${{LLM_URL:-{URL}}}"',
    "command": f"LLM_URL={URL} python app.py",
    "option": f"docker run -e LLM_URL={URL} desk",
    "several in one option": f"run deploy --set-env-vars A=b,LLM_URL={URL},C=d",
    "fish": f"set -gx LLM_URL {URL}",
    "csh": f"setenv LLM_URL {URL}",
    "powershell": f'$env:LLM_URL = "{URL}"',
    "make": f"export LLM_URL := {URL}",
    "make, unless set": f"LLM_URL ?= {URL}",
    "docker": f"ENV LLM_URL {URL}",
    "docker, several": f"ENV A=b LLM_URL={URL}",
    "docker argument": f"ARG LLM_URL={URL}",
    "compose map": f"    environment:\n      LLM_URL: {URL}",
    "compose list": f"    environment:\n      - LLM_URL={URL}",
    "compose list, quoted": f'      - "LLM_URL={URL}"',
    "compose default": f"      LLM_URL: ${{LLM_URL:-{URL}}}",
    "compose default of another": f"      LLM_URL: ${{GATEWAY:-{URL}}}",
    "flow map": f"env: {{A: b, LLM_URL: {URL}}}",
    "block scalar": f"  LLM_URL: >-\n    {URL}",
    "kubernetes": f"env:\n  - name: LLM_URL\n    value: {URL}",
    "kubernetes, value first": f'  - value: "{URL}"\n    name: LLM_URL',
    "kubernetes, one line": f"  - {{name: LLM_URL, value: '{URL}'}}",
    "render": f"envVars:\n  - key: LLM_URL\n    value: {URL}",
    "cloudformation": f"  - Name: LLM_URL\n    Value: {URL}",
    "task definition": f'  {{"name": "LLM_URL", "value": "{URL}"}}, {{"name": "B", "value": "c"}}',
    "terraform map": f'    variables = {{\n      LLM_URL = "{URL}"\n    }}',
    "terraform, one line": f'    variables = {{ A = "b", LLM_URL = "{URL}" }}',
    "terraform block": f'  env {{\n    name  = "LLM_URL"\n    value = "{URL}"\n  }}',
    "systemd": f'Environment="LLM_URL={URL}"',
    "supervisor": f'environment=A="b",LLM_URL="{URL}"',
    "pytest-env": f"env =\n    D:LLM_URL={URL}",
    "json": f'{{"env": {{"LLM_URL": "{URL}"}}}}',
    "package script": f'  "start": "LLM_URL={URL} node index.js",',
    "procfile": f"web: LLM_URL={URL} gunicorn app",
    "toml": f'LLM_URL = "{URL}"',
    "jenkins": f"environment {{ LLM_URL = '{URL}' }}",
}
ELSEWHERE = {
    "another variable": "LLM_URL=${GATEWAY}",
    "secret": "  LLM_URL: ${{ secrets.LLM_URL }}",
    "template": 'value: "{{ .Values.url }}"\nLLM_URL: {{ .Values.url | quote }}',
    "kubernetes secret": "  - name: LLM_URL\n    valueFrom:\n      secretKeyRef:\n        name: a",
    "helm value": "  - name: LLM_URL\n    value: {{ .Values.url }}",
    "terraform variable": "  LLM_URL = var.llm_url",
    "task secret": '{"name": "LLM_URL", "valueFrom": "arn:aws:ssm:llm"}',
    "render service": "  - key: LLM_URL\n    fromService:\n      name: gateway",
    "reference": "  LLM_URL: !Ref Gateway",
    "part": 'LLM_URL="http://${GATEWAY}/v1"',
}
SILENT = {
    "handed through": "LLM_URL: ${LLM_URL}",
    "handed through, or nothing": "LLM_URL=${LLM_URL:-}",
    "handed through by a workflow": "LLM_URL: ${{ env.LLM_URL }}",
    "required": "LLM_URL: ${LLM_URL:?say where}",
    "in a list": "  - LLM_URL",
    "empty": "LLM_URL=",
    "empty, quoted": "LLM_URL=''",
    "null": "LLM_URL: null",
    "comment": f"# LLM_URL={URL}",
    "comment behind": f"A=b # LLM_URL={URL}",
    "read": 'curl "$LLM_URL/models"',
    "compared": f'if [ "$LLM_URL" = "{URL}" ]; then',
    "read with a default": f'curl "${{LLM_URL:-{URL}}}/models"',
    "another name": f"MY_LLM_URL={URL}",
    "a longer name": f"LLM_URL_OLD={URL}",
    "shown": f'echo "Set LLM_URL={URL}"',
    "described": '  "LLM_URL": {"description": "where", "required": false}',
    "key of a secret": "      secretKeyRef:\n        name: desk\n        key: LLM_URL",
    "value of the next": f"  - name: LLM_URL\n  - name: OTHER\n    value: {URL}",
    "prose": f"description: Say LLM_URL: {URL}",
}


def values(text: str) -> list[str | None]:
    return [each.value for each in assigned("some.file", text, ("LLM_URL", "ELSE"))]


@pytest.mark.parametrize("text", SETTING.values(), ids=SETTING)
def test_value_is_read_as_it_is_written(text):
    assert values(text) == [URL]


@pytest.mark.parametrize("text", ELSEWHERE.values(), ids=ELSEWHERE)
def test_value_from_elsewhere_is_not_read(text):
    found = values(text)
    assert len(found) == 1
    assert found[0] is None or "${" in found[0]


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_name_that_only_stands_there_is_not_set(text):
    assert values(text) == []


def test_line_is_the_one_that_names_the_variable():
    found = list(assigned("deploy.yaml", f"env:\n  - name: LLM_URL\n    value: {URL}", ["LLM_URL"]))
    assert [(each.at.path, each.at.line) for each in found] == [("deploy.yaml", 2)]
