import { hash } from 'node:crypto'

/** The id of a computer as it is sent and stored. */
export const computerIdPattern = /^[0-9a-f]{32}$/

/**
 * The id of a computer: stable, and without meaning to whoever does not have the machine. machine-id(5) says that the id
 * of a machine is confidential and must be hashed for each use.
 *
 * @param machine what the system calls the machine: /etc/machine-id, IOPlatformUUID, MachineGuid, the id of an inventory
 */
export function computerIdOf(machine: string): string {
  return hash('sha256', `art32 computer ${machine.trim().toLowerCase()}`).slice(0, 32)
}

/** What stands for an account or a folder of somebody: the name itself never leaves the machine. */
export function tokenOf(computer: string, name: string): string {
  return hash('sha256', `art32 name ${computer} ${name}`).slice(0, 12)
}

/** Folders in which a name of a person usually follows. */
const personal = /^(\/home|\/Users|\/media|\/run\/media|\/Volumes)\/.+$/

/** A place where a volume is mounted, without the name of whose it is. */
export function unnamed(computer: string, mount: string): string {
  const folder = personal.exec(mount)?.[1]
  return folder === undefined ? mount : `${folder}/${tokenOf(computer, mount)}`
}
