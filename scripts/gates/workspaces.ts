import { isDeepStrictEqual } from 'node:util'

import { filesBelow, read, readJson, type Finding, type Gate } from '../gate.ts'

interface Manifest {
  readonly scripts?: Record<string, string>
  readonly [field: string]: unknown
}

interface Lockfile {
  readonly packages: Record<string, Manifest & { readonly resolved?: string; readonly hasInstallScript?: boolean }>
}

const MOST_SCRIPTS = 10
const lists = ['dependencies', 'devDependencies', 'optionalDependencies']

/** The lockfile is what a stranger installs: it has to say what the package.json files say. */
export const workspaces: Gate = {
  name: 'workspaces',
  holds: 'package-lock.json agrees with every package.json, with exact versions and few scripts',
  run(root) {
    const lockfile = readJson<Lockfile>(root, 'package-lock.json')
    const manifests = filesBelow(root).filter((file) => /^((packages|apps)\/[^/]+\/)?package\.json$/.test(file))
    return [
      ...manifests.flatMap((file) => {
        const manifest = readJson<Manifest>(root, file) ?? {}
        const locked = lockfile?.packages[file.replace(/\/?package\.json$/, '')]
        return [...unlocked(file, manifest, locked), ...loose(file, manifest), ...tooManyScripts(file, manifest)]
      }),
      ...registryHosts(root),
    ]
  },
}

function unlocked(file: string, manifest: Manifest, locked: Manifest | undefined): Finding[] {
  return lists
    .filter((list) => !isDeepStrictEqual(manifest[list] ?? {}, locked?.[list] ?? {}))
    .map((list) => ({
      place: file,
      says: `${list} differ from package-lock.json`,
      remedy: 'Run npm install --ignore-scripts on the pinned Node.js and commit the lockfile with it.',
    }))
}

function loose(file: string, manifest: Manifest): Finding[] {
  return lists
    .flatMap((list) => Object.entries((manifest[list] ?? {}) as Record<string, string>))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => ({
      place: file,
      says: `${name} is wanted as "${version}"`,
      remedy: 'Pin the exact version.',
    }))
}

function tooManyScripts(file: string, { scripts = {} }: Manifest): Finding[] {
  const count = Object.keys(scripts).length
  if (count <= MOST_SCRIPTS) return []
  return [{ place: file, says: `${count} scripts`, remedy: `Keep to ${MOST_SCRIPTS}; a rare thing can be a file.` }]
}

/** A lockfile with addresses binds everyone to the registry of whoever wrote it. */
function registryHosts(root: string): Finding[] {
  const hit = /"resolved": "https?:[^"]*"/.exec(read(root, 'package-lock.json'))
  return hit
    ? [{ place: 'package-lock.json', says: hit[0], remedy: 'Lock with omit-lockfile-registry-resolved=true (.npmrc).' }]
    : []
}
