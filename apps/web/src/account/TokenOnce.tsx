import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Output } from '../api/api.ts'
import { day } from '../language/format.ts'
import { useLanguage } from '../language/use-language.ts'

/** The token itself, which nobody sees again. */
export function TokenOnce({ made }: { made: Output<'token.create'> }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <>
      <p>{t('token.once', { day: day(made.expiresAt, language) })}</p>
      <pre>{made.token}</pre>
      <p className="actions">
        <CopyButton value={made.token} timeout={4_000}>
          {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'token.copied' : 'token.copy')}</Button>}
        </CopyButton>
      </p>
    </>
  )
}
