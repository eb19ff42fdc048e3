import type { FileView } from './send.ts'
import { useRead } from '../api/use-api.ts'
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

/** The files of something by its kind and id; nothing where it has none. */
export function FileList({ about }: { about: { readonly kind: string; readonly id: string } }) {
  const { data } = useRead('file.list', about)
  return data ? <Files files={data.files} /> : null
}
