import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Input, TenantOperation } from '../api/api.ts'
import { fetchFile, keepFile } from '../api/download.ts'
import { tenantAddress } from '../api/request.ts'
import { useTenant } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'
import { sentenceOf } from '../api/sentence.ts'

/** Forms in which a paper is handed out. */
type Form = 'pdf' | 'docx' | 'csv' | 'json'

/** Operations that hand out something in a form. */
type Handing = { [O in TenantOperation]: Input<O> extends { format?: string | undefined } ? O : never }[TenantOperation]

/**
 * What there is to take along, in each form: made when it is asked for, which takes a second or two.
 *
 * @param input  of the operation, without form and language
 */
export function Downloads<O extends Handing>({
  operation,
  input,
  formats,
  label,
  ownLanguage = false,
}: {
  operation: O
  input: Readonly<Record<string, string>>
  formats: readonly (Form & NonNullable<Input<O>['format']>)[]
  /** What is taken, before the forms: `Acceptances`. */
  label: string
  /** Whether it is written in a language of its own, whatever that of the page is. */
  ownLanguage?: boolean
}) {
  const { t } = useTranslation()
  const language = useLanguage()
  const slug = useTenant() ?? ''
  const offered: readonly Form[] = formats
  const taking = useMutation({
    mutationFn: async (format: Form) => {
      const address = tenantAddress(slug, operation, {
        ...input,
        format,
        ...(ownLanguage ? {} : { language }),
      })
      keepFile(await fetchFile(address, `${operation}.${format}`))
    },
  })
  return (
    <div role="group" aria-label={label}>
      <p className="actions note">
        <span className="quiet">{label}</span>
        {offered.map((format) => (
          <button
            key={format}
            type="button"
            className="text-button"
            aria-label={t('paper.take', { label, form: t(`paper.form.${format}`) })}
            aria-busy={taking.isPending && taking.variables === format}
            disabled={taking.isPending}
            onClick={() => taking.mutate(format)}
          >
            {taking.isPending && taking.variables === format ? t('paper.making') : t(`paper.form.${format}`)}
          </button>
        ))}
      </p>
      {taking.error ? (
        <p role="alert" className="bad">
          {sentenceOf(taking.error, t)}
        </p>
      ) : null}
    </div>
  )
}
