import type { FileView } from './send.ts'
import { FileLine } from './FileLine.tsx'
import './file.css'

export { FileField } from './FileField.tsx'

/** The files of something, where what shows it has them already. */
export function Files({ files }: { files: readonly FileView[] }) {
  if (files.length === 0) return null
  return (
    <ul className="files">
      {files.map((file) => (
        <FileLine key={file.fileId} file={file} />
      ))}
    </ul>
  )
}
