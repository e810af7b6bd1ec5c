#!/bin/sh
# Makes the certificates of the web site peer: an authority, a good one (to 2125), one that expired in 2020, and a
# self-signed one. Run it in this folder; the authority's key is thrown away.
set -eu
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
NAME=nordwind-tools.com
printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' "$T" "$T" "$T" > "$T/cnf"
printf 'subjectAltName=DNS:%s,DNS:www.%s\n' $NAME $NAME > "$T/names"
printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n' > "$T/authority"
: > "$T/index"
printf 'unique_subject=no\n' > "$T/index.attr"
echo 01 > "$T/serial"
key() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$T/$1.key" -out "$T/$1.csr" -subj "/CN=$2"; }
key ca "Backtone test authority"
openssl ca -batch -notext -selfsign -config "$T/cnf" -keyfile "$T/ca.key" -in "$T/ca.csr" -out "$T/ca.crt" -extfile "$T/authority" -startdate 20190101000000Z -enddate 21250101000000Z
for one in good:21250101000000Z expired:20200101000000Z; do
  name=${one%:*}
  key "$name" $NAME
  openssl ca -batch -notext -config "$T/cnf" -cert "$T/ca.crt" -keyfile "$T/ca.key" -in "$T/$name.csr" -out "$T/$name.crt" -extfile "$T/names" -startdate 20190101000000Z -enddate "${one#*:}"
done
key selfsigned $NAME
openssl ca -batch -notext -selfsign -config "$T/cnf" -keyfile "$T/selfsigned.key" -in "$T/selfsigned.csr" -out "$T/selfsigned.crt" -extfile "$T/names" -startdate 20190101000000Z -enddate 21250101000000Z
openssl x509 -in "$T/ca.crt" > ca.pem
for name in good expired selfsigned; do
  { cat "$T/$name.key"; openssl x509 -in "$T/$name.crt"; } > "$name.pem"
done
