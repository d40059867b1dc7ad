#!/bin/sh
# Renew codemirror.min.mjs from the npm registry: nothing is installed here, all of it in a folder that goes again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/bundle.mjs" "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund
npx esbuild bundle.mjs --bundle --minify --format=esm --target=es2022 --legal-comments=none --outfile="$here/codemirror.min.mjs"
for folder in node_modules/@codemirror/* node_modules/@lezer/* node_modules/crelt node_modules/style-mod \
    node_modules/w3c-keyname node_modules/@marijn/*; do
    if [ -f "$folder/LICENSE" ]; then
        printf '## %s\n\n' "${folder#node_modules/}"
        cat "$folder/LICENSE"
        printf '\n'
    fi
done > "$here/LICENCES.md"
