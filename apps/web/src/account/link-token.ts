import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/**
 * The token of a link by mail. It stands behind the # and so reaches no server, log or Referer; it leaves the address and
 * the history as soon as it is read.
 *
 * @returns an empty text where the page was opened without one
 */
export function useLinkToken(): string {
  const hash = useLocation({ select: (location) => location.hash })
  const navigate = useNavigate()
  const [token, setToken] = useState(hash)
  if (hash !== '' && hash !== token) setToken(hash)
  useEffect(() => {
    if (hash === '') return
    void navigate({ to: '.', hash: '', replace: true })
  }, [hash, navigate])
  return token
}
