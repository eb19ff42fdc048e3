import type { Context } from '../engine/connector.ts'
import { Unreadable, reasonOf } from '../engine/reading.ts'
import type { GitFacts } from './facts.ts'
import { openRepository } from './repository.ts'
import type { Repository } from './repository.ts'

type Mirror = GitFacts['mirrors'][number]
type Behind = Mirror['behind'][number]

/** More branches and tags that differ than these are counted, not named. */
const mostNamed = 50

/**
 * Copies the second copy, has git verify every object of it, and compares its branches and tags with those of the first.
 * What only the second copy has is no fault: it may keep what was deleted.
 *
 * @param place where it is, without credentials
 */
export async function readMirror(
  source: Repository,
  { address, place, elsewhere }: { address: string; place: string; elsewhere: boolean },
  context: Context,
): Promise<Mirror> {
  const mirror = await openRepository(address, context)
  try {
    const [wanted, found] = await Promise.all([refsOf(source), refsOf(mirror)])
    const differing = [...wanted].filter(([ref, hash]) => found.get(ref) !== hash)
    const behind: Behind[] = []
    for (const [ref, hash] of differing.slice(0, mostNamed))
      behind.push({ ref, ...(await lagOf(source, hash, found.get(ref))) })
    return { place, elsewhere, refs: wanted.size, differing: differing.length, behind, intact: await isIntact(mirror) }
  } finally {
    await mirror.close()
  }
}

async function refsOf({ git }: Repository): Promise<ReadonlyMap<string, string>> {
  const lines = await git('for-each-ref', 'refs/heads', 'refs/tags', '--format=%(objectname) %(refname)')
  return new Map(
    lines
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]),
  )
}

/** Since when the first has what the second lacks: the oldest commit that did not arrive. */
async function lagOf({ git }: Repository, hash: string, old: string | undefined): Promise<Omit<Behind, 'ref'>> {
  if (old === undefined) return { how: 'missing', since: await dateOf(git, hash) }
  const isEarlier = await git('merge-base', '--is-ancestor', old, hash).then(
    () => true,
    () => false,
  )
  if (!isEarlier) return { how: 'different', since: null }
  const [oldest] = (await git('log', '--reverse', '--format=%cI', `${old}..${hash}`)).split('\n')
  return { how: 'late', since: utc(oldest ?? '') }
}

async function dateOf(git: Repository['git'], hash: string): Promise<string | null> {
  return utc((await git('log', '-1', '--format=%cI', hash)).trim())
}

const utc = (date: string) => (Number.isNaN(Date.parse(date)) ? null : new Date(date).toISOString())

/** A copy that git finds fault with is a fact; that it could not be looked at is none. */
async function isIntact({ git }: Repository): Promise<boolean> {
  try {
    await git('fsck', '--full', '--no-dangling', '--no-progress')
    return true
  } catch (error) {
    const reason = reasonOf(error)
    if (reason.why === 'contract') return false
    throw new Unreadable(reason.why, reason.detail, { cause: error })
  }
}
