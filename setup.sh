#!/usr/bin/env bash
# Brings a fresh machine to where ServiMeter runs: system parts, a virtual environment, the locked packages.
#   ./setup.sh runtime       what serving needs
#   ./setup.sh development   the same and what the tests and checks need
# Done work is not done again: a second run takes a second or two.
set -euo pipefail
cd "$(dirname "$0")"

mode=${1:-runtime}
case $mode in
  runtime) lock=requirements.lock ;;
  development) lock=requirements-dev.lock ;;
  *) echo "usage: ./setup.sh runtime|development" >&2; exit 2 ;;
esac

libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
has_library() { [[ $libraries == *"$1"* ]]; }
has_fonts() { # both families: sans for text, serif for headings
  local family
  for family in Sans Serif; do
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" "$HOME/.fonts" \
      -iname "Noto${family}CJK*" -print -quit 2>/dev/null || true)" ] || return 1
  done
}
has_python() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
  local candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
    if has_python "$candidate"; then command -v "$candidate"; return; fi
  done
}

missing_packages() {
  [ -n "$(find_python)" ] || echo python3 python3-venv
  has_library libpango-1.0.so || echo libpango-1.0-0
  has_library libpangoft2-1.0.so || echo libpangoft2-1.0-0
  has_library libharfbuzz-subset.so || echo libharfbuzz-subset0
  has_fonts || echo fonts-noto-cjk
  if [ "$mode" = development ]; then
    command -v chromium >/dev/null || echo chromium
    command -v soffice >/dev/null || echo libreoffice-calc-nogui # opens the workbooks that the tests make
  fi
}

install_packages() {
  local as_root=()
  if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
  if ! command -v apt-get >/dev/null || ! { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    echo "These system packages are missing and cannot be installed from here (apt as root or password-free sudo is needed):" >&2
    echo "缺少以下系统软件包，且当前用户无法自动安装，请先安装：" >&2
    echo "    sudo apt-get install $*" >&2
    exit 1
  fi
  echo "Installing system packages / 安装系统软件包: $*"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

packages=$(missing_packages | xargs)
# shellcheck disable=SC2086 # a list of words is meant
[ -z "$packages" ] || install_packages $packages

python=$(find_python)
stamp=.venv/.installed
wanted="$("$python" -c 'import sys; print(sys.version)') $(cat requirements.lock requirements-dev.lock pyproject.toml | sha256sum)"
have=$(cat "$stamp" 2>/dev/null || true)
case $have in
  "development $wanted" | "$mode $wanted") exit 0 ;;
esac

echo "Installing Python packages / 安装 Python 依赖 ($mode)"
"$python" -m venv --clear .venv
.venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
echo "$mode $wanted" >"$stamp"
