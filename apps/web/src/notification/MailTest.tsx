import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call } from '../api/call.ts'
import { sentenceOf } from '../api/sentence.ts'
import { keyOf } from '../api/use-api.ts'
import { useLanguage } from '../language/use-language.ts'

/** Whether mail is set, and a letter to try it. */
export function MailTest() {
  const { t } = useTranslation()
  const language = useLanguage()
  const mail = useQuery({
    queryKey: keyOf(null, 'mail.show'),
    queryFn: ({ signal }) => call('mail.show', {}, null, signal),
  })
  const testing = useMutation({ mutationFn: () => call('mail.test', { language }) })
  if (!mail.data) return null
  return (
    <section className="section" aria-labelledby="mail">
      <h2 id="mail">{t('mail.title')}</h2>
      <p>{t(mail.data.isSet ? 'mail.set' : 'mail.notSet')}</p>
      {mail.data.isSet ? (
        <div className="actions">
          <Button loading={testing.isPending} onClick={() => testing.mutate()}>
            {t('mail.test')}
          </Button>
          <span role="status">{testing.isSuccess ? t('mail.sent') : null}</span>
        </div>
      ) : null}
      {testing.error ? (
        <p className="field-problem" role="alert">
          {sentenceOf(testing.error, t)}
        </p>
      ) : null}
    </section>
  )
}
