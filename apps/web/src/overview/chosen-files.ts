import { accepted } from '../document/file.ts'

/** A file with the folders that were chosen with it. */
export interface ChosenFile {
  readonly file: File
  readonly path: string
}

/** More are refused at once: nobody goes through a longer list with care. */
export const mostFiles = 300

const endings = accepted.split(',').filter((one) => one.startsWith('.'))

/** Those that may be documents; a folder holds all sorts of other files. */
export function documentsOf(files: readonly ChosenFile[]): readonly ChosenFile[] {
  return files.filter(({ path }) => endings.some((ending) => path.toLowerCase().endsWith(ending)))
}

/** The files of a file chooser, for files or for a folder. */
export function filesOf(list: FileList | null): ChosenFile[] {
  return [...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }))
}

/** What was dropped, with everything in dropped folders. Has to be called while the drop is handled. */
export async function droppedFiles(dropped: DataTransfer): Promise<ChosenFile[]> {
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  return (await Promise.all(entries.map(filesIn))).flat()
}

async function filesIn(entry: FileSystemEntry): Promise<ChosenFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (entry instanceof FileSystemFileEntry) {
    return [{ file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), path }]
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return []
  const reader = entry.createReader()
  const inside: FileSystemEntry[] = []
  // A browser gives a folder in parts, the last one empty.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0) break
    inside.push(...part)
  }
  return (await Promise.all(inside.map(filesIn))).flat()
}
