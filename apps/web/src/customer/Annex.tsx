import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { fetchFile, keepFile } from '../api/download.ts'
import { tenantAddress } from '../api/request.ts'
import { useTenant } from '../api/use-api.ts'
import { Refusal } from './Refusal.tsx'

const forms = ['pdf', 'docx'] as const

/** The edition agreed as the annex of the agreement, in the language of the customer. */
export function Annex({ contractId }: { contractId: string }) {
  const { t } = useTranslation()
  const slug = useTenant() ?? ''
  const taking = useMutation({
    mutationFn: async (format: (typeof forms)[number]) =>
      keepFile(await fetchFile(tenantAddress(slug, 'contract.annex', { contractId, format }), `annex.${format}`)),
  })
  return (
    <div role="group" aria-label={t('contract.annex')}>
      <p className="actions note">
        <span className="quiet">{t('contract.annex')}</span>
        {forms.map((format) => (
          <button
            key={format}
            type="button"
            className="text-button"
            aria-label={t('paper.take', { label: t('contract.annex'), form: t(`paper.form.${format}`) })}
            aria-busy={taking.isPending && taking.variables === format}
            disabled={taking.isPending}
            onClick={() => taking.mutate(format)}
          >
            {taking.isPending && taking.variables === format ? t('paper.making') : t(`paper.form.${format}`)}
          </button>
        ))}
      </p>
      <Refusal error={taking.error} />
    </div>
  )
}
