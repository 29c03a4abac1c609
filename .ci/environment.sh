# Sourced by ./run and ./test, which name a lock file in $lock: leaves a Python with exactly its packages in $python.
python=.venv/bin/python
stamp=.venv/$lock.stamp
if ! cmp -s "$lock" "$stamp"; then
  base=${PYTHON:-python3}
  "$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Izde needs Python 3.11 or newer; $base is older. Name another with PYTHON=…" >&2
    exit 1
  }
  [ -x "$python" ] || "$base" -m venv .venv
  echo "Installing the packages of $lock (the first time only) …" >&2
  "$python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$lock"
  cp "$lock" "$stamp"
fi
