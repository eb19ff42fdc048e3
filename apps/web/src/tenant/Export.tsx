import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { keepFile } from '../api/download.ts'
import { exportTenant } from '../api/transfer.ts'
import { sentenceOf } from '../api/sentence.ts'
import { bytesIn } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** Hands everything of a tenant to its owner as one file. */
export function Export({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const exporting = useMutation({
    mutationFn: async () => {
      const file = await exportTenant(slug)
      keepFile(file)
      return file.blob.size
    },
  })
  return (
    <div>
      <p>{t('transfer.exportText')}</p>
      <div className="actions">
        <Button loading={exporting.isPending} onClick={() => exporting.mutate()}>
          {t('transfer.export')}
        </Button>
      </div>
      {exporting.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(exporting.error, t)}
        </p>
      ) : null}
      <p className="note quiet" role="status">
        {exporting.data === undefined ? '' : t('transfer.exported', { size: bytesIn(exporting.data, language) })}
      </p>
    </div>
  )
}
