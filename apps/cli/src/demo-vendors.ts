import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Wanted } from '@art32/server'

const starter = fileURLToPath(new URL('../../../examples/vendors/start.ts', import.meta.url))

/** What the demo connects for an example. */
export interface DemoConnection extends Wanted {
  /** Looked at so many days ago and paused since. */
  readonly pausedSince?: number
}

/** What is looked at in the demo, while it runs: servers of vendors, a database, reports. */
export interface Vendors {
  /** The one address of this machine at which its servers listen. */
  readonly address: string
  readonly connections: Readonly<Record<string, readonly DemoConnection[]>>
  /** Facts that computers of an example would send now. */
  readonly computers: (slug: string) => readonly SentFacts[]
  readonly close: () => Promise<void>
}

/** What a computer sends; it says its own id and what stands on its sticker. */
type SentFacts = Readonly<Record<string, unknown>>

/** `examples/vendors/start.ts`, which is no part of the command line and is loaded when the demo is asked for. */
interface VendorsModule {
  readonly startDemo: (folder: string) => Promise<Vendors>
}

/** Starts what the examples look at. @param folder the data folder of art32; the demo has one of its own in it */
export async function startVendors(folder: string): Promise<Vendors> {
  const loaded: unknown = await import(pathToFileURL(starter).href)
  if (!isVendors(loaded)) throw new Error('examples/vendors/start.ts does not start the demo')
  return await loaded.startDemo(join(folder, 'demo'))
}

const isVendors = (loaded: unknown): loaded is VendorsModule =>
  typeof loaded === 'object' && loaded !== null && 'startDemo' in loaded && typeof loaded.startDemo === 'function'
