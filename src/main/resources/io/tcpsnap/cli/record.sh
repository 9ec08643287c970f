#!/bin/sh
# Records a host's TCP where nothing may be installed: copies of /proc/net and, where ss is there, of the kernel's socket
# dump, as an archive that tcpsnap opens. Made by 'tcpsnap script'. Licence: Apache-2.0.
#
# For any POSIX shell. Runs cat, date, wc, rm and sleep for each tick, and ss, zstd or gzip where they are there; mkdir, uname
# and ls when it starts, and getconf, setpriv, unshare or runuser where they are there. Numbers stay below 2^31, since some
# shells have no larger ones.
set -u
LC_ALL=C
export LC_ALL
unset CDPATH
umask 077

tool='@TOOL@ script'
here='tcp tcp6 dev snmp netstat snmp6 sockstat sockstat6 diag softnet'
elsewhere='destroy mptcp owner sockopt'

help() {
    cat <<END
Usage: sh record.sh -o DIR [--interval TIME] [--duration TIME] [--count N] [--once] [--sources LIST]
Record this machine's TCP into an archive for tcpsnap.
  -o DIR           folder for the archive; made if missing
  --interval TIME  distance of ticks: 500ms, 1s (default), 1m; at least 100ms
  --duration TIME  stop after this time: 30s, 10m, 1h
  --count N        stop after N ticks
  --once           take one tick
  --sources LIST   what to copy, separated by commas; +NAME and -NAME change the default, which is all:
                   $here
SIGINT and SIGTERM end it after the tick. Exit codes: 0 ok, 2 usage, 3 cannot be read or written.
END
}

exec 3>&2 # for messages: what programs say of a tick is not shown
say() { printf 'tcpsnap: %s\n' "$1" >&3; }

usage() {
    say "$1"
    echo "'sh record.sh --help' says more" >&3
    exit 2
}

fail() {
    say "$1"
    exit 3
}

# Runs a program that finishes its work when the recording is interrupted.
run() (become "$@")

# The same in place of a subshell.
become() {
    trap '' HUP INT TERM
    exec "$@"
}

# Sets centis to the time $2, the value of option $1, in hundredths of a second.
parse_time() {
    case $2 in
        *ms) unit=1 number=${2%ms} ;;
        *s) unit=1000 number=${2%s} ;;
        *m) unit=60000 number=${2%m} ;;
        *h) unit=3600000 number=${2%h} ;;
        *d) unit=86400000 number=${2%d} ;;
        *) unit=1000 number=$2 ;;
    esac
    case $number in
        '' | *[!0-9.]* | .* | *. | *.*.* | ???????*)
            usage "$1: '$2' is no time: write 500ms, 1s, 5m, 24h or 7d" ;;
        *.*) part=${number#*.}000 ;;
        *) part=000 ;;
    esac
    rest=${part#???}
    part=1${part%"$rest"}
    whole=1000000${number%%.*} # no leading zero, which would make it octal
    while [ ${#whole} -gt 7 ]; do whole=1${whole#??}; done
    centis=$(((whole - 1000000) * unit / 10 + (part - 1000) * unit / 10000))
}

# Sets sources to what the list $1 chooses, in the order of reading.
parse_sources() {
    case $1 in
        [+-]*) chosen=" $here " ;;
        *) chosen=' ' ;;
    esac
    left=$1,
    while [ -n "$left" ]; do
        word=${left%%,*}
        left=${left#*,}
        name=${word#[+-]}
        case " $here , $elsewhere " in
            *" $name "*,*) ;;
            *,*" $name "*)
                case $word in -*) continue ;; esac
                usage "--sources: '$name' needs tcpsnap record: here there are $here" ;;
            *) usage "--sources: unknown source '$name': there are $here" ;;
        esac
        case $chosen in *" $name "*) chosen="${chosen%%" $name "*} ${chosen#*" $name "}" ;; esac
        case $word in
            -*) ;;
            *) chosen="$chosen$name " ;;
        esac
    done
    sources=
    for name in $here; do
        case $chosen in *" $name "*) sources="$sources $name" ;; esac
    done
    [ -n "$sources" ] || usage '--sources: no source is left to record'
}

parse_options() {
    dir='' interval=100 duration='' count='' once='' list=''
    while [ $# -gt 0 ]; do
        case $1 in
            -h | --help)
                help
                exit 0 ;;
            --once)
                once=1
                shift
                continue ;;
            --*=*) option=${1%%=*} value=${1#*=} ;;
            -o | --interval | --duration | --count | --sources)
                [ $# -gt 1 ] || usage "Missing required parameter for option '$1'"
                option=$1 value=$2
                shift ;;
            *) usage "Unknown option: '$1'" ;;
        esac
        shift
        case $option in
            -o) dir=$value ;;
            --interval) parse_time "$option" "$value" && interval=$centis ;;
            --duration) parse_time "$option" "$value" && duration=$centis ;;
            --count)
                case $value in '' | *[!0-9]* | ??????????*) usage "--count: '$value' is no number" ;; esac
                [ "$value" -gt 0 ] || usage '--count must be at least 1'
                count=$value ;;
            --sources) list=$value ;;
            *) usage "Unknown option: '$option'" ;;
        esac
    done
    [ -n "$dir" ] || usage "Missing required option: '-o=DIR'"
    [ "$interval" -ge 10 ] || usage '--interval must be at least 100ms'
    [ "$interval" -le 8640000 ] || usage '--interval must be at most 1d'
    [ "$duration" != 0 ] || usage '--duration must be longer than nothing'
    if [ -n "$once" ]; then
        [ -z "$count$duration" ] || usage '--once is one tick: leave --count and --duration out'
        count=1
    fi
    sources=$here
    [ -z "$list" ] || parse_sources "$list"
}

# Finds out what the host's programs can do.
look_around() {
    read -r up rest </proc/uptime || fail '/proc/uptime: cannot be read'
    start_s=${up%.*} start_c=1${up#*.}
    fraction=.%N
    case $(date -u +%N 2>/dev/null) in '' | *[!0-9]*) fraction= ;; esac
    fine=
    if sleep 0.01 2>/dev/null; then fine=1; fi
    if [ $((interval % 100)) -ne 0 ] && [ -z "$fine" ]; then
        usage "--interval: this host's sleep takes whole seconds only"
    fi
    if [ "$interval" -lt 100 ] && [ -z "$fraction${EPOCHREALTIME-}" ]; then
        usage "--interval: this host's date tells whole seconds only"
    fi
    packer='' suffix=.tar
    if works zstd; then
        packer=zstd suffix=.tar.zst
    elif works gzip; then
        packer=gzip suffix=.tar.gz
    fi
    kernel=''
    read -r kernel </proc/sys/kernel/osrelease || :
    case $kernel in # /proc/uptime is CLOCK_BOOTTIME since there is such a clock
        2.[0-5].* | 2.6.[0-9] | 2.6.[0-9][!0-9]* | 2.6.[12][0-9]* | 2.6.3[0-8]*) boottime='' ;;
        *) boottime=1 ;;
    esac
    while read -r rest where rest; do
        case $where in /proc/uptime) boottime='' ;; esac # lxcfs: the time of a container
    done </proc/self/mounts
    case " $sources " in *' diag '*) look_for_ss ;; esac
}

works() { echo | "$1" -1 -c 2>/dev/null | "$1" -d -c >/dev/null 2>&1; }

# Whether the program whose /proc/self/status comes in cannot see keys of TCP-MD5: it lacks CAP_NET_ADMIN, bit 12.
is_not_privileged() {
    while read -r key value; do
        case $key in CapEff:) [ $((0x${value#"${value%????}"} & 4096)) -eq 0 ] && return ;; esac
    done
    return 1
}

# Sets dump to a command for the kernel's dump; takes diag out of the sources where there is none. To the privileged the
# kernel shows the keys of TCP-MD5, which this program cannot cut out: then ss runs without the privilege, or not at all.
look_for_ss() {
    dump=
    reason=
    if ! is_not_privileged </proc/self/status; then
        reason='nothing here gives up the privilege to see keys of TCP-MD5 (setpriv, unshare, runuser)'
        for less in 'setpriv --inh-caps=-net_admin --bounding-set=-net_admin' 'unshare -U' 'runuser -u nobody --'; do
            # shellcheck disable=SC2086 # words
            if $less cat /proc/self/status 2>/dev/null | is_not_privileged; then
                dump=$less
                reason=
                break
            fi
        done
    fi
    if [ -z "$reason" ]; then
        reason='ss is not there, or gives no dump'
        for options in '--tos -tanemi' -tanemi; do
            # shellcheck disable=SC2086 # words
            if [ -n "$($dump ss $options -D - 2>/dev/null | wc -c | { read -r n && [ "$n" -gt 0 ] && echo 1; })" ]; then
                dump="$dump ss $options -D -"
                return
            fi
        done
    fi
    [ -z "$list" ] || say "diag: not recorded: $reason"
    set --
    for name in $sources; do [ "$name" = diag ] || set -- "$@" "$name"; done
    sources="$*"
    [ -n "$sources" ] || fail 'no source is left to record'
}

# Sets quoted to $1 as JSON; what is not printable ASCII becomes _.
json() {
    quoted='' text=$1
    while [ -n "$text" ]; do
        tail=${text#?}
        char=${text%"$tail"}
        case $char in
            '"' | \\) char=\\$char ;;
            [!\ -~]) char=_ ;;
        esac
        quoted=$quoted$char
        text=$tail
    done
    quoted=\"$quoted\"
}

# Adds the member $1 with the first line of file $2 to the manifest.
member_of() {
    line=''
    if [ -r "$2" ]; then IFS= read -r line <"$2" || :; fi
    member "$1" "$line"
}

member() {
    [ -n "$2" ] || return 0
    json "$2"
    manifest="$manifest,
  \"$1\" : $quoted"
}

# Sets manifest to the content of tcpsnap.json, and host.
describe() {
    json "$tool"
    manifest="{
  \"format\" : 1,
  \"tool\" : $quoted"
    member_of recording /proc/sys/kernel/random/uuid
    member_of host /proc/sys/kernel/hostname
    host=$line
    member_of kernel /proc/sys/kernel/osrelease
    member_of kernel_version /proc/sys/kernel/version
    machine=$(uname -m 2>/dev/null)
    member machine "$machine"
    IFS= read -r line </proc/self/exe || : # the header of an ELF file says it
    one=$(printf '\001') two=$(printf '\002')
    case $line in
        ?ELF?"$one"*) member byte_order little ;;
        ?ELF?"$two"*) member byte_order big ;;
    esac
    tick_rate=$(getconf CLK_TCK 2>/dev/null)
    case $tick_rate,$machine in
        ,alpha | ,ia64) tick_rate=1024 ;;
        [!0-9]* | *[!0-9],*) tick_rate=100 ;;
        *) tick_rate=${tick_rate:-100} ;;
    esac
    member_of boot_id /proc/sys/kernel/random/boot_id
    line=$(ls -l /proc/self/ns/net 2>/dev/null)
    case $line in *'-> net:['*) member netns "${line##*-> }" ;; esac
    paths=
    for name in $sources; do
        path_of "$name"
        paths="$paths${paths:+, }\"$path\""
    done
    manifest="$manifest,
  \"clk_tck\" : ${tick_rate%%,*},
  \"interval_ns\" : ${interval}0000000,
  \"sources\" : [ $paths ]
}
"
}

path_of() {
    case $1 in
        diag) path=sock_diag/tcp ;;
        softnet) path=proc/net/softnet_stat ;;
        *) path=proc/net/$1 ;;
    esac
}

# Makes the archive's file, and beside it a folder for the tick that is being taken. All names are absolute from here on.
create() {
    case $dir in
        -*) dir=./$dir ;;
    esac
    [ -d "$dir" ] || mkdir -p "$dir" 2>/dev/null || fail "$dir: is no folder and cannot be made"
    cd "$dir" 2>/dev/null || fail "$dir: cannot be entered"
    text=$host safe=''
    while [ -n "$text" ]; do
        tail=${text#?}
        char=${text%"$tail"}
        case $char in [!A-Za-z0-9._-]) char=_ ;; esac
        safe=$safe$char
        text=$tail
    done
    base=$safe-$(date -u +%Y%m%dT%H%M%S)Z n=''
    until (
        set -C
        : >"./$base$n$suffix"
    ) 2>/dev/null; do
        [ -e "./$base$n$suffix" ] || fail "$dir: cannot be written"
        n=$((n - 1))
    done
    file=${PWD%/}/$base$n$suffix shown=$dir/$base$n$suffix work=${PWD%/}/.tcpsnap-$$$n
    trap finish EXIT
    mkdir "$work" 2>/dev/null || fail "$work: cannot be made"
    cd "$work" || exit 3
}

# shellcheck disable=SC2317 # called by a trap
finish() {
    cd / || :
    rm -rf "$work"
}

# Sets sum to the sum of the characters of $1.
codes() {
    sum=0 text=$1
    while [ -n "$text" ]; do
        tail=${text#?}
        char=${text%"$tail"}
        before=${alphabet%%"$char"*}
        sum=$((sum + 46 + ${#before}))
        text=$tail
    done
}

# Sets sum to the sum of the octal digits of $1.
octal_digits() {
    sum=0 rest=$1
    while [ "$rest" -gt 0 ]; do
        sum=$((sum + rest % 8))
        rest=$((rest / 8))
    done
}

# Sets zeros to a format of printf for $1 zero bytes, less than 2048.
zeros() {
    zeros='' rest=$1
    for power in "$z1" "$z2" "$z4" "$z8" "$z16" "$z32" "$z64" "$z128" "$z256" "$z512" "$z1024"; do
        [ $((rest % 2)) -eq 0 ] || zeros=$zeros$power
        rest=$((rest / 2))
    done
}

prepare_entries() {
    # shellcheck disable=SC2016 # characters in the order of ASCII, from 46
    alphabet='./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz'
    z1='\000' z2=$z1$z1 z4=$z2$z2 z8=$z4$z4 z16=$z8$z8 z32=$z16$z16 z64=$z32$z32
    z128=$z64$z64 z256=$z128$z128 z512=$z256$z256 z1024=$z512$z512
    zeros 100
    link=$zeros
    zeros 247 # uname to the end of the block
    # Ustar behind the name: mode 0644, uid, gid, size, time, checksum, type, link, magic, version.
    fields="0000644${z1}0000000${z1}0000000${z1}%011o${z1}%011o${z1}%06o${z1} 0${link}ustar${z1}00$zeros"
    # The sum of these characters with all variable digits 0, and blanks for the checksum.
    codes 0000644ustar00
    fixed=$((sum + 37 * 48 + 8 * 32))
    for name in $sources; do
        path_of "$name"
        codes "$path"
        eval "codes_$name=$sum"
    done
    codes tick.json
    codes_mark=$sum
    codes tcpsnap.json
    codes_manifest=$sum
}

# Begins a piece of the archive with the manifest, as each does.
begin_piece() {
    octal_digits "$seconds"
    seconds_digits=$sum padding=0 parts=''
    printf '%s' "$manifest" >manifest && entry manifest tcpsnap.json "$codes_manifest" ${#manifest}
}

# Adds to the piece the file $1 of $4 bytes as entry $2, a name whose sum of characters is $3.
entry() {
    octal_digits "$4"
    check=$((fixed + $3 + sum + seconds_digits))
    zeros "$padding"
    format=$zeros
    zeros $((100 - ${#2}))
    # shellcheck disable=SC2059 # the format is made above
    printf "$format%s$zeros$fields" "$2" "$4" "$seconds" "$check" >"h$1" || return
    parts="$parts h$1 $1"
    padding=$(((512 - $4 % 512) % 512))
}

# Appends the piece to the archive, $1 zero bytes behind it; a frame or member of its own where there is a compressor.
append_piece() {
    zeros "$1"
    # shellcheck disable=SC2059,SC2086 # zero bytes; words
    printf "$zeros" >end && set -- $parts end || return
    if [ -n "$packer" ]; then
        become cat "$@" | become "$packer" -1 -c >packed || return
    else
        run cat "$@" >packed || return
    fi
    run cat packed >>"$file" || fail "$shown: cannot be written: its last tick is not whole"
    run rm -f packed "$@" || : # before the kernel brings them to the disk
}

# Sets tick to the time now as the name of a folder, and seconds since the epoch.
stamp() {
    micros=${EPOCHREALTIME-}
    tick=$(become date -u "+%Y%m%dT%H%M%S${fraction}Z %s") || return
    seconds=${tick#* }
    tick=${tick% *}
    case $seconds in '' | *[!0-9]*) seconds=0 ;; esac
    if [ -z "$fraction" ] && [ "${micros%.*}" = "$seconds" ]; then
        tick=${tick%Z}.${micros#*.}Z
    fi
}

# Sets clocks to members of tick.json. Root can read CLOCK_MONOTONIC, to the nanosecond.
read_clocks() {
    clocks=
    if [ -r /proc/timer_list ]; then
        while read -r key at value rest; do
            case $key,$at in
                now,at)
                    clocks="\"monotonic_ns\" : $value, "
                    break ;;
            esac
        done </proc/timer_list
    fi
    if [ -n "$boottime" ]; then
        read -r up rest </proc/uptime
        up=${up%.*}${up#*.}0000000
        clocks="$clocks\"boottime_ns\" : ${up#0}, "
    fi
}

# Copies source $1, a file of this host at /$path, to a file of its name; sets error to why not, or to nothing.
copy() {
    error=
    if [ "$1" = diag ]; then
        # shellcheck disable=SC2086 # words
        run $dump >"$1" && [ -s "$1" ] || error=EIO
    elif [ ! -e "/$path" ]; then
        error=ENOENT
    elif [ ! -r "/$path" ]; then
        error=EACCES
    else
        run cat "/$path" >"$1" || error=EIO
    fi
}

# Takes a tick and appends it. Fails where it could not be written.
take() {
    stamp || return
    while [ "$tick" = "$previous" ]; do # a date without fractions
        pause 50
        [ -z "$stop" ] || return 0
        stamp || return
    done
    read_clocks
    marks='' copied=''
    for name in $sources; do
        path_of "$name"
        copy "$name"
        if [ -z "$error" ]; then
            copied="$copied $name"
        else
            marks="$marks${marks:+,}
  { \"path\" : \"$path\", \"error\" : \"$error\" }"
        fi
    done
    # shellcheck disable=SC2086 # words
    put_together $copied && append_piece "$padding" || return
    previous=$tick seq=$((seq + 1))
}

# Makes a piece of the manifest, the copies that are given, and the commit mark.
put_together() {
    begin_piece || return
    codes "$tick/"
    codes_tick=$sum sizes=''
    if [ $# -gt 0 ]; then sizes=$(become wc -c "$@") || return; fi
    # shellcheck disable=SC2086 # numbers and names
    set -- $sizes
    while [ $# -gt 1 ] && [ "$2" != total ]; do
        path_of "$2"
        codes_path=0
        eval "codes_path=\$codes_$2"
        entry "$2" "$tick/$path" $((codes_tick + codes_path)) "$1" || return
        marks="$marks${marks:+,}
  { \"path\" : \"$path\", \"length\" : $1 }"
        shift 2
    done
    mark="{ \"seq\" : $seq, $clocks\"missed\" : $lost, \"sources\" : [$marks ] }
"
    printf '%s' "$mark" >mark && entry mark "$tick/tick.json" $((codes_tick + codes_mark)) ${#mark}
}

# Sets now to hundredths of a second since the start.
look_at_clock() {
    read -r up rest </proc/uptime
    now=$(((${up%.*} - start_s) * 100 + 1${up#*.} - start_c))
}

# Waits for some hundredths of a second, or for the end.
pause() {
    hundredths=$(($1 % 100))
    if [ -n "$fine" ]; then
        [ "$hundredths" -gt 9 ] || hundredths=0$hundredths
        sleep "$(($1 / 100)).$hundredths" >/dev/null 2>&1 3>&- &
    else
        sleep $((($1 + 50) / 100)) >/dev/null 2>&1 3>&- &
    fi
    nap=$!
    [ -n "$stop" ] || wait "$nap" 2>/dev/null
    nap=
}

# shellcheck disable=SC2317 # called by a trap
interrupt() {
    stop=1
    [ -z "$nap" ] || kill "$nap" 2>/dev/null
}

# Takes ticks at start + n * interval. One whose time passed while the one before it was taken is counted as missed.
record() {
    seq=0 tried=0 slot=0 passed=0 lost=0 missed=0 failures=0 previous=''
    look_at_clock
    begin=$now
    while [ -z "$count" ] || [ "$tried" -lt "$count" ]; do
        due=$((slot * interval))
        if [ -n "$duration" ] && [ "$due" -ge "$duration" ]; then break; fi
        [ "$due" -le $((now - begin)) ] || pause $((begin + due - now))
        [ -z "$stop" ] || break
        lost=$((lost + passed)) missed=$((missed + passed))
        if take 2>/dev/null; then
            lost=0
        else
            lost=$((lost + 1)) missed=$((missed + 1)) failures=$((failures + 1))
            [ "$failures" -gt 1 ] || say "$shown: cannot be written: going on; ticks missed are counted"
        fi
        tried=$((tried + 1))
        look_at_clock
        current=$(((now - begin + interval - 1) / interval)) slot=$((slot + 1)) passed=0
        if [ "$current" -gt "$slot" ]; then
            passed=$((current - slot)) slot=$current
        fi
    done
}

main() {
    parse_options "$@"
    look_around
    describe
    stop='' nap=''
    trap interrupt HUP INT PIPE TERM
    create
    prepare_entries
    if ! { stamp && begin_piece && append_piece "$padding"; } 2>/dev/null; then
        rm -f "$file"
        fail "$shown: cannot be written"
    fi
    record
    parts='' # the two blocks of zeros that end a tar
    append_piece 1024 2>/dev/null || failures=$((failures + 1))
    printf '%s: %d ticks, %d missed, %d bytes\n' "$shown" "$seq" "$missed" "$(wc -c <"$file")" >&2
    [ "$failures" -eq 0 ] || exit 3
}

main "$@"
