import { openLog, openStaging, openTarget } from '../../apps/server/src/platform/index.ts'
import type { RunningPostgres } from '../../apps/server/src/platform/index.ts'
import { openContinuous } from '../../apps/server/src/backup/continuous/continuous.ts'
import type { Continuous, ContinuousOptions } from '../../apps/server/src/backup/continuous/continuous.ts'
import { join } from 'node:path'

/** The log of a cluster alone, without a server around it: kept in the folders `first` and `second` of a home. */
export function openLogOf(
  postgres: RunningPostgres,
  { home, recipient, master }: { readonly home: string; readonly recipient: string; readonly master: Uint8Array },
  more: Partial<ContinuousOptions> = {},
): Continuous {
  if (postgres.archive === null) throw new Error('the log of this cluster is not kept')
  return openContinuous({
    archive: postgres.archive,
    url: postgres.url('postgres'),
    setting: {
      recipients: [recipient],
      targets: [],
      keep: { days: 7, weeks: 5, months: 12 },
      bytesPerSecond: null,
      continuous: true,
    },
    ring: { current: master, earlier: [] },
    installation: 'abcdefghijkl',
    staging: openStaging(join(home, 'staging')),
    targets: ['first', 'second'].map((place) =>
      openTarget({ kind: 'folder', folder: join(home, place) }, join(home, 'notes')),
    ),
    version: 'test',
    now: () => new Date(),
    log: openLog('error', () => new Date()),
    ...more,
  })
}
