import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Both } from './app.ts'

/** A text in both languages, beside each other where there is room. */
export function BothField({
  label,
  value,
  onChange,
  most = 1_000,
}: {
  label: string
  value: Both
  onChange: (value: Both) => void
  most?: number
}) {
  const { t } = useTranslation()
  return (
    <div className="customer-pair">
      {(['en', 'de'] as const).map((language) => (
        <Textarea
          key={language}
          lang={language}
          autosize
          minRows={1}
          maxLength={most}
          label={t(`app.in.${language}`, { label })}
          value={value[language]}
          onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
        />
      ))}
    </div>
  )
}
