/** What the server needs to work; the name is all that is told of it. */
export type Need = 'database' | 'migrations' | 'queue' | 'running'

/** Milliseconds until what does not answer counts as missing. */
const patience = 2_000

/**
 * Looks at all needs at once and says which are not met: refused, failed or silent. Whoever asks while it is being looked
 * shares the answer, so that a flood of questions costs the database no more than one.
 */
export function openReadiness(
  needs: Readonly<Record<Need, () => Promise<boolean>>>,
  patienceMs: number = patience,
): () => Promise<readonly Need[]> {
  let looking: Promise<readonly Need[]> | null = null
  const all = Object.entries(needs) as [Need, () => Promise<boolean>][]
  const look = async () => {
    const met = await Promise.all(all.map(([, isMet]) => within(isMet, patienceMs)))
    return all.flatMap(([need], index) => (met[index] === true ? [] : [need]))
  }
  return () => (looking ??= look().finally(() => (looking = null)))
}

async function within(isMet: () => Promise<boolean>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const silent = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([isMet(), silent])
  } catch {
    // A password may stand in the message of what failed: the name of the need says enough.
    return false
  } finally {
    clearTimeout(timer)
  }
}
