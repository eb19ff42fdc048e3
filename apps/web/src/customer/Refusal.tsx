import { useTranslation } from 'react-i18next'
import { sentenceOf } from '../api/sentence.ts'

/** Why something was refused, in the form that asked for it. */
export function Refusal({ error }: { error: Error | null }) {
  const { t } = useTranslation()
  if (!error) return null
  return (
    <p role="alert" className="bad">
      {sentenceOf(error, t)}
    </p>
  )
}
