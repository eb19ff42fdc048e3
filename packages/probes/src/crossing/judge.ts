import { fail, info, pass } from '../engine/check.ts'
import type { Verdict } from '../engine/check.ts'
import type { Text } from '../engine/text.ts'
import { ways } from './ways.ts'
import type { WayFacts } from './ways.ts'

/** What is said of each way, for the messages of a check. */
export const wayMessages: Readonly<Record<string, Text>> = Object.fromEntries(
  Object.entries(ways).flatMap(([way, { en, de }]): [string, Text][] => [
    [
      `refused-${way}`,
      {
        en: `${en}: {refused} of {refused} attempts refused.`,
        de: `${de}: {refused} von {refused} Versuchen abgewiesen.`,
      },
    ],
    [
      `reached-${way}`,
      {
        en: `${en}: {reached} of {tried} attempts got through.`,
        de: `${de}: {reached} von {tried} Versuchen gelangen.`,
      },
    ],
    [
      `unseen-${way}`,
      {
        en: `${en}: none of {unseen} attempts could be made.`,
        de: `${de}: Keiner von {unseen} Versuchen war möglich.`,
      },
    ],
  ]),
)

/** Judges each way for itself: one that got through fails by its name. */
export function judgeWays(counted: readonly WayFacts[], place: string): Verdict[] {
  return counted.map(({ way, refused, reached, unseen }, index) => {
    const because = `${place}.${index}`
    if (reached > 0) return fail(`way:${way}`, because, `reached-${way}`, { reached, tried: refused + reached })
    if (refused > 0) return pass(`way:${way}`, because, `refused-${way}`, { refused })
    return info(`way:${way}`, because, `unseen-${way}`, { unseen })
  })
}
