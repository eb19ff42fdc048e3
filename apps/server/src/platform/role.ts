import { z } from 'zod'

/**
 * What one process of the installation does. `all` (the only one on the embedded database): everything. `web` answers people
 * and programs; `worker` works off queues and schedules.
 */
export const processRoles = ['all', 'web', 'worker'] as const

/** What one process of the installation does. */
export type ProcessRole = (typeof processRoles)[number]

/** A role as whoever starts the process names it. */
export const processRole = z.enum(processRoles)

/** Whether it answers pages and the API. */
export const answersWeb = (role: ProcessRole): boolean => role !== 'worker'

/** Whether it works off queues and schedules. */
export const worksOff = (role: ProcessRole): boolean => role !== 'web'
