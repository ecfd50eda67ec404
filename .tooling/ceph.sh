#!/usr/bin/env bash
# A Ceph of one monitor, one storage daemon in memory and one S3 gateway, in one folder, on loopback only: a real
# S3-compatible server with Object Lock for the opt-in test of the S3 destination. Needs Debian's ceph-mon, ceph-osd,
# ceph-common and radosgw. Prints the address when it is ready; stop it with: kill $(cat FOLDER/run/*.pid)
set -euo pipefail
dir=$(realpath -m "${1:?usage: ceph.sh FOLDER [PORT]}")
port=${2:-7480}
mkdir -p "$dir"/{mon,osd,run}
cd "$dir"
fsid=$(cat /proc/sys/kernel/random/uuid)
cat > ceph.conf <<C
[global]
fsid = $fsid
mon host = [v2:127.0.0.1:13300,v1:127.0.0.1:13301]
run dir = $dir/run
log file = $dir/\$name.log
admin socket = $dir/run/\$name.asok
pid file = $dir/run/\$name.pid
keyring = $dir/keyring
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd crush chooseleaf type = 0
mon allow pool size one = true
osd pool default pg autoscale mode = off
[mon.a]
mon data = $dir/mon
[osd.0]
osd data = $dir/osd
keyring = $dir/osd/keyring
osd objectstore = memstore
memstore device bytes = 1073741824
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw dns name = 127.0.0.1
C
ceph-authtool --create-keyring keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' > /dev/null
ceph-authtool keyring --gen-key -n mon. --cap mon 'allow *'
monmaptool --create --clobber --fsid "$fsid" --addv a '[v2:127.0.0.1:13300,v1:127.0.0.1:13301]' monmap > /dev/null
ceph-mon -c ceph.conf --mkfs -i a --monmap monmap --keyring keyring
ceph-mon -c "$dir/ceph.conf" -i a
ceph() { timeout 30 /usr/bin/ceph -c "$dir/ceph.conf" "$@"; }
uuid=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$uuid" > /dev/null
ceph auth get-or-create osd.0 mon 'allow profile osd' osd 'allow *' > osd/keyring
ceph auth get-or-create client.rgw mon 'allow rwx' osd 'allow rwx' >> keyring
ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid "$uuid"
ceph-osd -c "$dir/ceph.conf" -i 0
ceph osd crush add osd.0 1 root=default host=localhost
radosgw -c "$dir/ceph.conf" -n client.rgw
for _ in $(seq 60); do curl -s -o /dev/null "http://127.0.0.1:$port/" && break; sleep 1; done
radosgw-admin -c ceph.conf user create --uid=mirror --display-name=Mirror \
  --access-key=MIRRORACCESSKEY --secret-key=the-secret-of-the-tests > /dev/null
echo "ready http://127.0.0.1:$port"
