import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { Unreadable, reasonOf, seen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { lifecycleOf } from '../versions/end-of-life.ts'
import { gitFacts } from './facts.ts'
import type { GitFacts } from './facts.ts'
import { isSbomPath, pairLockfiles, parseSbom, parseTags, readForgeManifest } from './parse.ts'
import { readMirror } from './mirror.ts'
import { isElsewhere, isOwnMachine, openRepository } from './repository.ts'
import type { Repository } from './repository.ts'
import { scanHistory } from './secrets.ts'

const settings = z.object({
  repository: field(z.string().min(1).regex(/^[^-]/), {
    label: { en: 'Repository', de: 'Repository' },
    help: {
      en: 'Folder on this machine, or address for git clone',
      de: 'Ordner auf diesem Rechner oder Adresse für git clone',
    },
    secret: true,
  }),
  mirror: field(z.string().min(1).regex(/^[^-]/).optional(), {
    label: { en: 'Second copy', de: 'Zweite Kopie' },
    help: {
      en: 'Folder or address of a copy that is to hold the same branches and tags',
      de: 'Ordner oder Adresse einer Kopie, die dieselben Zweige und Tags enthalten soll',
    },
    secret: true,
  }),
})

/** Looks into a git repository with the program git: the head of the branch and the whole history. */
export const git = {
  id: 'git',
  title: { en: 'Git repository', de: 'Git-Repository' },
  about: {
    en: 'A repository on this machine or at an address that git can clone.',
    de: 'Ein Repository auf diesem Rechner oder unter einer Adresse, die git klonen kann.',
  },
  settings,
  facts: gitFacts,
  history: {
    volatile: ['sboms.at', 'secrets.commits'],
    lasting: ['releases.tags.at', 'mirrors.behind.since'],
    named: { dependencies: ['manifest'], 'forge.egress': ['address'] },
  },
  needs: [
    {
      privilege: 'read access to the repository',
      reason: {
        en: 'History and files are read; nothing is written.',
        de: 'Historie und Dateien werden gelesen, nichts wird geschrieben.',
      },
    },
  ],
  ownMachine: ({ repository, mirror }) => isOwnMachine(repository) || (mirror !== undefined && isOwnMachine(mirror)),
  address: ({ repository }) => withoutCredentials(repository),
  async collect({ repository, mirror }, context: Context) {
    const opened = await openRepository(repository, context)
    try {
      const paths = (await opened.git('ls-tree', '-r', '-z', '--name-only', 'HEAD'))
        .split('\0')
        .filter((path) => path !== '')
      const group = <T>(read: Promise<T>): Promise<Seen<T>> => read.then((facts) => seen(facts), reasonOf)
      const [sboms, secrets, forge, releases, mirrors] = await Promise.all([
        group(readSboms(opened, paths)),
        group(scanHistory(opened)),
        group(readForge(opened, paths)),
        group(readReleases(opened, paths)),
        group(readMirrors(opened, repository, mirror, context)),
      ])
      return { dependencies: seen(pairLockfiles(paths)), sboms, secrets, forge, releases, mirrors }
    } finally {
      await opened.close()
    }
  },
} satisfies Connector<typeof settings, GitFacts>

async function readMirrors(
  opened: Repository,
  repository: string,
  mirror: string | undefined,
  context: Context,
): Promise<GitFacts['mirrors']> {
  if (mirror === undefined) return []
  const place = withoutCredentials(mirror)
  return [await readMirror(opened, { address: mirror, place, elsewhere: isElsewhere(repository, mirror) }, context)]
}

function withoutCredentials(repository: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(repository) || !URL.canParse(repository))
    return repository.replace(/^[^@/]*@/, '')
  const url = new URL(repository)
  url.username = ''
  url.password = ''
  url.search = ''
  return url.href
}

/** More bills of materials than these are not read. */
const sbomLimit = 20

async function readSboms({ git }: Repository, paths: readonly string[]): Promise<GitFacts['sboms']> {
  const sboms: GitFacts['sboms'] = []
  for (const path of paths.filter(isSbomPath).slice(0, sbomLimit))
    sboms.push(parseSbom(path, await git('cat-file', 'blob', `HEAD:${path}`)))
  return sboms
}

async function readForge({ git }: Repository, paths: readonly string[]): Promise<GitFacts['forge']> {
  const path = ['manifest.yml', 'manifest.yaml'].find((name) => paths.includes(name))
  const none = { present: false, scopes: [], egress: [], content: [], runtime: null, lifecycle: null }
  if (path === undefined) return none
  const { parse } = await import('yaml')
  const document: unknown = parse(await git('cat-file', 'blob', `HEAD:${path}`), { maxAliasCount: 20 })
  const isForge = z.object({ app: z.object({ id: z.string() }), modules: z.unknown() }).safeParse(document).success
  if (!isForge) return none
  try {
    const facts = readForgeManifest(document)
    const cycle = /^nodejs(\d+)/.exec(facts.runtime ?? '')?.[1]
    const lifecycle = cycle === undefined ? null : lifecycleOf('nodejs', cycle)
    return {
      present: true,
      ...facts,
      lifecycle: lifecycle === null ? null : { cycle: lifecycle.cycle, endOfLife: lifecycle.endOfLife },
    }
  } catch (cause) {
    throw new Unreadable('contract', 'the Forge manifest does not have the expected form', { cause })
  }
}

async function readReleases({ git }: Repository, paths: readonly string[]): Promise<GitFacts['releases']> {
  const tags = await git(
    'for-each-ref',
    'refs/tags',
    '--sort=-creatordate',
    '--count=200',
    '--format=%(refname:short)%09%(creatordate:iso-strict)',
  )
  const has = (pattern: RegExp) => paths.some((path) => pattern.test(path))
  return {
    tags: parseTags(tags),
    changelog: has(/^(docs\/)?(CHANGELOG|CHANGES|HISTORY|RELEASES)(\.\w+)?$/i),
    securityPolicy: has(/^(\.github\/|docs\/)?SECURITY(\.\w+)?$/i),
  }
}
