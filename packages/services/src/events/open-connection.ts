import postgres, { type Sql } from 'postgres';

/** A client with one connection of its own, which does not hang on a peer that is gone. */
export const openConnection = (url: string, applicationName: string): Sql =>
  postgres(url, {
    max: 1,
    connect_timeout: 5,
    keep_alive: 5,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: applicationName, tcp_user_timeout: 10_000 },
  });
