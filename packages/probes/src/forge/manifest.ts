import { z } from 'zod'
import type { Context } from '../engine/connector.ts'
import { Unreadable } from '../engine/reading.ts'
import { parseTags, readForgeManifest } from '../git/parse.ts'
import { openRepository } from '../git/repository.ts'
import type { Repository } from '../git/repository.ts'
import type { ForgeFacts } from './facts.ts'

const modules = z.object({ modules: z.record(z.string(), z.unknown()).nullish() })

/** A pipeline may set the tag shortly after it deployed. */
const graceMs = 3_600_000

/**
 * The manifest as it stood at the tag of a release.
 *
 * @param release the tag; absent: the newest version tag that was there when the app was deployed
 * @throws {Unreadable}
 */
export async function readManifest(
  { app, repository, release, deployedAt }: { app: string; repository: string; release?: string; deployedAt?: string },
  context: Context,
): Promise<ForgeFacts['manifest']> {
  const opened = await openRepository(repository, context)
  try {
    const tag = release ?? (await newestTag(opened, deployedAt))
    const { parse } = await import('yaml')
    const document: unknown = parse(await manifestAt(opened, tag), { maxAliasCount: 20 })
    if (!z.object({ app: z.object({ id: z.literal(app) }) }).safeParse(document).success)
      throw new Unreadable('not-configured', 'the manifest at this tag is not that of this app')
    try {
      const { scopes, egress, content } = readForgeManifest(document)
      return { tag, scopes, egress, content, modules: modulesOf(document) }
    } catch (cause) {
      throw new Unreadable('contract', 'the Forge manifest does not have the expected form', { cause })
    }
  } finally {
    await opened.close()
  }
}

async function newestTag({ git }: Repository, deployedAt: string | undefined): Promise<string> {
  const tags = parseTags(
    await git(
      'for-each-ref',
      'refs/tags',
      '--sort=-creatordate',
      '--count=1000',
      '--format=%(refname:short)%09%(creatordate:iso-strict)',
    ),
  )
  const until = deployedAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(deployedAt) + graceMs
  const tag = tags.find(({ at }) => Date.parse(at) <= until)
  if (tag === undefined)
    throw new Unreadable('not-configured', 'the repository has no version tag from before the deployment')
  return tag.name
}

async function manifestAt({ git }: Repository, tag: string): Promise<string> {
  const commit = (
    await git('rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`).catch(() => {
      throw new Unreadable('not-configured', 'the repository does not have this tag')
    })
  ).trim()
  const paths = (await git('ls-tree', '-z', '--name-only', commit)).split('\0')
  const path = ['manifest.yml', 'manifest.yaml'].find((name) => paths.includes(name))
  if (path === undefined) throw new Unreadable('not-configured', 'there is no Forge manifest at this tag')
  return await git('cat-file', 'blob', `${commit}:${path}`)
}

/** Modules by type and key; those without a key cannot be told apart and are left out. */
function modulesOf(document: unknown): ForgeFacts['manifest']['modules'] {
  return Object.entries(modules.parse(document).modules ?? {}).flatMap(([type, list]) =>
    keysOf(list).map((key) => ({ type, key })),
  )
}

function keysOf(list: unknown): string[] {
  const keyed = z.array(z.object({ key: z.string() }).nullable().catch(null)).safeParse(list)
  return keyed.success ? keyed.data.flatMap((one) => (one === null ? [] : [one.key])) : []
}
