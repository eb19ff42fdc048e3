import { posix } from 'node:path'
import { z } from 'zod'
import type { GitFacts } from './facts.ts'

const lockfiles: Readonly<Record<string, readonly string[]>> = {
  'package.json': ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb'],
  'pyproject.toml': ['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock', 'requirements.txt'],
  'Cargo.toml': ['Cargo.lock'],
  'go.mod': ['go.sum'],
  'composer.json': ['composer.lock'],
  Gemfile: ['Gemfile.lock'],
}

/** Folders whose manifests are not built: copies of others and material for tests. */
const aside = /(^|\/)(node_modules|vendor|third_party|fixtures?|testdata|__fixtures__)\//

/** Manifests of dependencies with the lockfile that holds for them, in the same folder or above (workspaces). */
export function pairLockfiles(paths: readonly string[]): GitFacts['dependencies'] {
  const known = new Set(paths)
  return paths
    .filter((path) => Object.hasOwn(lockfiles, posix.basename(path)) && !aside.test(path))
    .map((manifest) => {
      const names = lockfiles[posix.basename(manifest)] ?? []
      const candidates = foldersAbove(manifest).flatMap((folder) => names.map((name) => posix.join(folder, name)))
      return { manifest, lockfile: candidates.find((candidate) => known.has(candidate)) ?? null }
    })
    .sort((a, b) => (a.manifest < b.manifest ? -1 : 1))
}

function foldersAbove(path: string): string[] {
  const folder = posix.dirname(path)
  return folder === '.' ? ['.'] : [folder, ...foldersAbove(folder)]
}

/** Whether a path is named like a bill of materials. */
export function isSbomPath(path: string): boolean {
  return /(^|\/)(s?bom(\.cdx)?\.json|[^/]+\.(cdx|spdx)\.json)$/i.test(path) && !aside.test(path)
}

const cycloneDx = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.unknown()).default([]),
  metadata: z.object({ timestamp: z.string().optional() }).optional(),
})
const spdx = z.object({
  spdxVersion: z.string(),
  packages: z.array(z.unknown()).default([]),
  creationInfo: z.object({ created: z.string().optional() }).optional(),
})

/** Reads a bill of materials in JSON: CycloneDX or SPDX. */
export function parseSbom(path: string, text: string): GitFacts['sboms'][number] {
  const document = parseJson(text)
  const cdx = cycloneDx.safeParse(document)
  if (cdx.success)
    return {
      path,
      format: 'CycloneDX',
      components: cdx.data.components.length,
      at: cdx.data.metadata?.timestamp ?? null,
    }
  const other = spdx.safeParse(document)
  if (other.success)
    return {
      path,
      format: 'SPDX',
      components: other.data.packages.length,
      at: other.data.creationInfo?.created ?? null,
    }
  return { path, format: 'unreadable', components: 0, at: null }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const address = z.union([z.string(), z.object({ address: z.string(), inScopeEUD: z.boolean().optional() })])
const sources = z.array(address).default([])
/** A remote is named here by its key alone; its address stands among the remotes. */
const fetched = z
  .array(z.union([address, z.object({ remote: z.string() })]))
  .default([])
  .transform((list) => list.filter((one) => typeof one === 'string' || 'address' in one))
const manifest = z.object({
  app: z.object({ runtime: z.object({ name: z.string() }).optional() }).optional(),
  permissions: z
    .object({
      scopes: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
      external: z
        .object({
          fetch: z.object({ backend: fetched, client: fetched }).optional(),
          scripts: sources,
          styles: sources,
          fonts: sources,
          images: sources,
          frames: sources,
          media: sources,
        })
        .optional(),
      content: z
        .object({ scripts: z.array(z.string()).default([]), styles: z.array(z.string()).default([]) })
        .optional(),
    })
    .optional(),
  remotes: z
    .array(
      z.object({
        /** Absent where each customer sets their own. */
        baseUrl: z.union([z.string(), z.record(z.string(), z.string())]).default({}),
        storage: z.object({ inScopeEUD: z.boolean().optional() }).optional(),
      }),
    )
    .default([]),
})

/** Permissions of a Forge manifest, parsed from YAML before; throws where it is no manifest. */
export function readForgeManifest(document: unknown): Omit<GitFacts['forge'], 'present' | 'lifecycle'> {
  const { app, permissions, remotes } = manifest.parse(document)
  const external = permissions?.external
  const fetches = [...(external?.fetch?.backend ?? []), ...(external?.fetch?.client ?? [])]
  const others = external === undefined ? [] : [external.images, external.media, external.fonts, external.frames].flat()
  const asEgress = (one: z.output<typeof address>) =>
    typeof one === 'string'
      ? { address: one, inScopeEndUserData: false }
      : { address: one.address, inScopeEndUserData: one.inScopeEUD === true }
  const code = [...(external?.scripts ?? []), ...(external?.styles ?? [])].map((one) => asEgress(one).address)
  const scopes = permissions?.scopes ?? []
  return {
    scopes: (Array.isArray(scopes) ? scopes : Object.keys(scopes)).toSorted(),
    egress: [
      ...[...fetches, ...others].map(asEgress),
      ...remotes.flatMap(({ baseUrl, storage }) =>
        (typeof baseUrl === 'string' ? [baseUrl] : Object.values(baseUrl)).map((url) => ({
          address: url,
          inScopeEndUserData: storage?.inScopeEUD === true,
        })),
      ),
    ],
    content: [...code, ...(permissions?.content?.scripts ?? []), ...(permissions?.content?.styles ?? [])],
    runtime: app?.runtime?.name ?? null,
  }
}

/** Tags that look like versions, from `name<TAB>date` lines, newest first. */
export function parseTags(text: string): GitFacts['releases']['tags'] {
  return text
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([name = '', at = '']) =>
      /(^|[^\d])v?\d+\.\d+/.test(name) && at !== '' ? [{ name, at: new Date(at).toISOString() }] : [],
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1))
}
