# shellcheck shell=bash
# Sourced by ./hotline and by each infra/*/get. Says in one line what is being fetched and how far it is, and brings
# Debian's packages: onto this machine, or into a folder of their own. What the tools print goes into a log.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/hotline

say() { echo "hotline: $*"; }
give_up() { echo "hotline: $*" >&2; exit 69; }

# ---- one line for a piece of work ----------------------------------------------------------------------------------

# work WHAT LOG COMMAND ...: runs the command, its output into the log. The line that names it ends with "done" or
# "failed". On a terminal the function named by $how_far sets $far every half second, which stands there meanwhile.
work() {
    local what=$1 log=$2 began=$SECONDS counting='' status=0 end=done
    shift 2
    { mkdir -p "${log%/*}" && : >"$log"; } 2>/dev/null ||
        give_up "cannot write $log: make it writable, then run this again"
    if [[ -t 1 ]]; then
        count_up 8>&- 9>&- &
        counting=$!
    else
        printf 'hotline: %s ...' "$what"
    fi
    "$@" >"$log" 2>&1 </dev/null || status=$? end=failed
    if [[ $counting ]]; then
        kill "$counting" 2>/dev/null || true
        wait "$counting" 2>/dev/null || true
        shown "$end"
        echo
    else
        echo " $end"
    fi
    return "$status"
}

count_up() {
    local far='0 %'
    while kill -0 $$ 2>/dev/null; do
        "${how_far:-elapsed}"
        shown "$far"
        sleep 0.5
    done
}

shown() { printf '\rhotline: %s ... %s\e[K' "$what" "$1"; }

elapsed() { far="$((SECONDS - began)) s"; }

# ---- packages onto this machine ------------------------------------------------------------------------------------

# need COMMAND PACKAGE ...: installs the packages whose commands are missing when we may, else says how.
need() {
    local packages=()
    while (($#)); do
        command -v "$1" >/dev/null || packages+=("$2")
        shift 2
    done
    ((${#packages[@]})) || return 0
    [[ $EUID == 0 ]] && command -v apt-get >/dev/null ||
        give_up "needs ${packages[*]}: run 'sudo apt-get install ${packages[*]}'${otherwise:+, or $otherwise}"
    local log=$cache/log/apt.log how_far=apt_share
    work "installing ${packages[*]}" "$log" install "${packages[@]}" ||
        give_up "could not install ${packages[*]}: see $log, run 'apt-get install ${packages[*]}', then this again"
}

# What apt knows of its archive may be missing or old: that is brought up to date only when it does not do.
install() {
    local get=(env DEBIAN_FRONTEND=noninteractive apt-get -y -o "APT::Status-Fd=7" install --no-install-recommends)
    "${get[@]}" "$@" 7>"$log.status" || { apt-get update && "${get[@]}" "$@" 7>"$log.status"; }
}

apt_share() {
    far=$(awk -F: '$1 == "dlstatus" { share = $3 / 2 } $1 == "pmstatus" { share = 50 + $3 / 2 }
        END { printf "%d %%", share }' "$log.status" 2>/dev/null) || true
}

# ---- packages into a folder of their own ---------------------------------------------------------------------------

# make_folder FOLDER WHAT MEGABYTES ROOM SUITE PACKAGES [COMPONENTS]: extracts a suite's packages, separated by commas, and
# what they depend on, from Debian's components, main unless others are named. While it is made it takes up to ROOM
# megabytes. The caller has two functions, finish ROOT, before the root becomes the folder, and works FOLDER, which tries
# it; its $otherwise says how to do without.
make_folder() {
    local folder=$1 what=$2 megabytes=$3 room=$4 suite=$5 packages=$6 components=${7:-main} how_far=grown
    local log=$cache/log/${folder##*/}.log from making
    command -v apt-get >/dev/null || give_up "this is no Debian, from which to fetch $what: $otherwise"
    need mmdebstrap mmdebstrap
    from=$(mirror)
    [[ $from ]] || { how_far=elapsed work "reading what Debian has" "$log" apt-get update || true; from=$(mirror); }
    [[ $from ]] || give_up "apt-get knows no Debian mirror from which to fetch $what: $otherwise"
    mkdir -p "$(dirname "$folder")" 2>/dev/null && making=$(mktemp -d "$folder.making.XXXXXX" 2>/dev/null) ||
        give_up "cannot write ${folder%/*}: make it writable, then run this again"
    # shellcheck disable=SC2064 # the folder's name as it is now
    trap "rm -rf '$making'" EXIT
    work "fetching $what (about $megabytes MB, once)" "$log" extract ||
        give_up "could not fetch $what: see $log, and whether 'apt-get update' works; then try again, or $otherwise"
    if mv -T "$making/root" "$folder" 2>/dev/null; then
        works "$folder" >>"$log" 2>&1 ||
            { rm -rf "$folder"; give_up "$what was fetched, but does not run here: see $log, or $otherwise"; }
    else
        # Whoever was first has made it: ours is then not needed.
        works "$folder" >>"$log" 2>&1 || give_up "cannot write $folder: remove it, then run this again"
    fi
}

# The mirror is the one that this machine already uses; what comes from it is verified by Debian's own keys.
mirror() {
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(CREATED_BY) $(CODENAME)' |
        awk '$1 == "Debian" && $3 == "Packages" && $4 !~ /-security$/ { print $2; exit }'
}

extract() {
    local name root=$making/root
    mmdebstrap --verbose --variant=extract --include="$packages" --components="$components" \
        --aptopt='Acquire::Check-Valid-Until "false"' --aptopt='APT::Install-Recommends "false"' \
        "$suite" "$root" "$from" || return
    for name in lib lib64 bin sbin; do
        [[ ! -e $root/usr/$name || -e $root/$name ]] || ln -s "usr/$name" "$root/$name" || return
    done
    chmod 755 "$root" && finish "$root"
}

# The share of the room that it takes while it is made. What was extracted is taken away, which does not count.
grown() {
    local now
    now=$(du -sm "$making" 2>/dev/null | cut -f1) || true
    now=$((${now:-0} * 100 / room))
    ((now <= ${far% %})) || far="$((now < 99 ? now : 99)) %"
}

# ---- kept apart from this machine ----------------------------------------------------------------------------------

# kept_apart WHAT: what bwrap asks of the kernel, tried before anything is fetched: where it is refused, nothing of that would start.
kept_apart() {
    local said
    said=$(bwrap --ro-bind / / --proc /proc --dev /dev --unshare-pid --unshare-ipc --unshare-uts --cap-drop ALL true 2>&1) && return
    give_up "$1 cannot be kept apart from the rest of this machine (${said%%$'\n'*}): $(allow_it), or $otherwise"
}

allow_it() {
    local key refused allowed
    while read -r key refused allowed; do
        [[ $(cat "/proc/sys/${key//.//}" 2>/dev/null) != "$refused" ]] || { echo "run 'sudo sysctl $key=$allowed'"; return; }
    done <<<"kernel.apparmor_restrict_unprivileged_userns 1 0
kernel.unprivileged_userns_clone 0 1
user.max_user_namespaces 0 15000"
    if [[ -e /.dockerenv || -e /run/.containerenv ]]; then
        echo "start this container with '--security-opt seccomp=unconfined --security-opt apparmor=unconfined" \
            "--security-opt systempaths=unconfined'"
    else
        echo "allow user namespaces"
    fi
}
