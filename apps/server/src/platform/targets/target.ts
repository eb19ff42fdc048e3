/** A file in a target. */
export interface TargetFile {
  /** Its whole name, with slashes. */
  readonly name: string
  readonly bytes: number
}

/**
 * A place where backups are kept. Names are ours: letters, digits, dots, hyphens and slashes.
 *
 * Nothing half ever lies under the name of a file: who lists and reads sees it whole or not at all, whenever the process or
 * the connection ended.
 */
export interface Target {
  readonly kind: 'folder' | 's3' | 'sftp'
  /** The files whose names begin so, in any order. */
  list(prefix: string): Promise<TargetFile[]>
  /** Keeps a file, of this many bytes; one that is there already is replaced. @throws {target.short | target.full} */
  put(name: string, bytes: AsyncIterable<Uint8Array>, size: number): Promise<void>
  /** The bytes of a file. @throws {target.missing} there is none */
  get(name: string): AsyncIterable<Uint8Array>
  /** Does nothing where there is none; lets go of one that was sent in part, too. */
  remove(name: string): Promise<void>
  /**
   * Removes what was sent in part below a folder, whoever sent it, and the folders that are empty then. A bucket lists no such
   * uploads: there `remove` lets go of the one that was noted here, and a rule of the bucket of all others.
   */
  removeHalf(below: string): Promise<void>
}
