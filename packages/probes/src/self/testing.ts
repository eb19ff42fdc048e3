import type { SelfFacts } from './facts.ts'

/** Backups in order, in one place, for the tests of their checks. */
export const backupSeen: NonNullable<SelfFacts['backup']> = {
  places: [
    {
      place: 1,
      kind: 'folder',
      newestAt: '2026-11-22T00:41:00.000Z',
      late: false,
      drilledAt: '2026-11-22T02:41:00.000Z',
      drillPassed: true,
      drillLate: false,
      rtoSeconds: 12.5,
      rpoSeconds: 7_200,
    },
  ],
  tenants: 3,
  withoutPart: 0,
  odd: 0,
}
