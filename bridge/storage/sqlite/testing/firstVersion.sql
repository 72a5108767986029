-- A database as the first version of the bridge left it, with a call that has ended, one that was up, and one of somebody else.
CREATE TABLE calls (
  seq INTEGER PRIMARY KEY,
  call_id TEXT NOT NULL UNIQUE,
  call_server_id TEXT NOT NULL,
  brand_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  direction TEXT NOT NULL,
  calling_number TEXT,
  called_number TEXT NOT NULL,
  called_name TEXT,
  requested_at_ms REAL NOT NULL,
  gateway_id TEXT,
  gateway_choice TEXT,
  codec TEXT,
  answered_at_ms REAL,
  ended_at_ms REAL,
  outcome TEXT,
  disconnected_by TEXT,
  sip_status INTEGER,
  q850 INTEGER,
  error_code TEXT,
  post_dial_delay_ms REAL
) STRICT;
CREATE INDEX calls_of_user ON calls (user_id, requested_at_ms DESC, seq DESC);
CREATE INDEX open_calls ON calls (call_server_id) WHERE ended_at_ms IS NULL;
CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  call_seq INTEGER NOT NULL REFERENCES calls (seq) ON DELETE CASCADE,
  at_ms REAL NOT NULL,
  type TEXT NOT NULL,
  state TEXT,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX events_of_call ON events (call_seq, seq);
INSERT INTO calls (call_id, call_server_id, brand_id, user_id, direction, called_number, requested_at_ms, codec)
VALUES ('old-2', 'main', 'default', 'alice', 'outgoing', '+12025550100', 2000000, 'PCMU');
INSERT INTO calls (call_id, call_server_id, brand_id, user_id, direction, called_number, requested_at_ms, ended_at_ms, outcome, disconnected_by)
VALUES ('old-1', 'main', 'default', 'alice', 'outgoing', '+12025550100', 1000000, 1001000, 'answered', 'called');
INSERT INTO calls (call_id, call_server_id, brand_id, user_id, direction, called_number, requested_at_ms, ended_at_ms, outcome, disconnected_by)
VALUES ('of-bob', 'main', 'default', 'bob', 'outgoing', '+12025550100', 1500000, 1501000, 'busy', 'called');
INSERT INTO events (call_seq, at_ms, type, state, detail) SELECT seq, 1000500, 'ringing', 'ringing', '{}' FROM calls WHERE call_id = 'old-1';
PRAGMA user_version = 1;
