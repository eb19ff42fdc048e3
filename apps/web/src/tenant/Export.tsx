import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
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
      const { name, blob } = await exportTenant(slug)
      const link = document.createElement('a')
      link.href = URL.createObjectURL(blob)
      link.download = name
      link.click()
      // The browser has read it by then, also a large one.
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
      return blob.size
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
