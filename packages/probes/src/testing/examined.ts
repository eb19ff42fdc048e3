/** The day on which all checks are examined. */
export const examined = new Date('2026-11-22T12:00:00.000Z')
