# What examples/run, Tests/run and Tests/bench have in common: finding Swift, installing packages.
# Sourced by them, from the package's top directory; speaks to standard error in lines that begin
# with "setup:".

say() { echo "setup: $*" >&2; }

# Puts the toolchain first in PATH; without one that is new enough, says where it comes from and ends.
find_swift() {
  for directory in "" /opt/swift/usr/bin "${HOME:-/root}/.local/share/swiftly/bin"; do
    if [ -n "$directory" ]; then
      [ -x "$directory/swift" ] || continue
      PATH="$directory:$PATH"
    fi
    command -v swift >/dev/null 2>&1 || continue
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
    major=${version%%.*}
    minor=${version#*.}
    if [ "${major:-0}" -gt 6 ] || { [ "${major:-0}" -eq 6 ] && [ "${minor:-0}" -ge 2 ]; }; then
      export PATH
      say "Swift $version at $(command -v swift)"
      return
    fi
    say "Swift ${version:-of unknown version} at $(command -v swift) is too old"
  done
  say "error: relish needs a Swift toolchain, version 6.2 or newer; get one from" \
    "https://swift.org/install and put its usr/bin into PATH (or at /opt/swift/usr/bin)"
  exit 1
}

# install_missing PACKAGE…: installs those Debian packages that are not there, and only those.
install_missing() {
  if ! command -v dpkg >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    say "no apt-get here; taken to be installed: $*"
    return
  fi
  missing=""
  for package in "$@"; do
    dpkg -s "$package" 2>/dev/null | grep -q '^Status: install ok installed' ||
      missing="$missing $package"
  done
  [ -n "$missing" ] || return 0

  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      say "error: missing packages, and neither root nor sudo; run as root: apt-get install$missing"
      exit 1
    fi
    as_root="sudo"
  fi
  say "installing$missing (apt-get)"
  $as_root apt-get update -qq </dev/null >&2 || say "apt-get update failed; trying with what is known"
  # shellcheck disable=SC2086 # the list is words
  if ! $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing </dev/null >&2; then
    say "error: apt-get could not install$missing"
    exit 1
  fi
}

# What a build needs besides Swift: the two libraries, git for the one Swift package it uses, and the
# C runtime's start files, which come with g++ where the machine has none.
install_build_packages() {
  linker_files=""
  ls /usr/lib/gcc/*/*/crtbegin.o >/dev/null 2>&1 || linker_files="g++"
  # shellcheck disable=SC2086 # empty or one word
  install_missing libedit-dev libsqlite3-dev pkg-config sqlite3 git ca-certificates \
    $linker_files "$@"
}
