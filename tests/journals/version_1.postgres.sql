-- A journal of version 1 in PostgreSQL, as the first builds wrote it.
CREATE TABLE dunlin_journal_version ("version" integer NOT NULL);
INSERT INTO dunlin_journal_version VALUES (1);
CREATE TABLE dunlin_journal (
    "number" bigint PRIMARY KEY CHECK ("number" > 0),
    "date" text NOT NULL,
    "event" text NOT NULL,
    "customer" text,
    "document" text,
    "procedure" text,
    "step" text,
    "row" text,
    "position" bigint,
    "action" text,
    "recipient" text,
    "currency" text,
    "rows" bigint,
    "since" text,
    "until" text,
    "result" text,
    "by" text,
    "reason" text,
    "undoes" bigint
);
INSERT INTO dunlin_journal VALUES
    (1, '2026-03-02', 'committed', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    (2, '2026-03-02', 'started', 'C1', 'F1', 'dispute', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-02-28', NULL, NULL, NULL, 'status = dispute', NULL),
    (3, '2026-03-03', 'done', 'C1', 'F1', 'dispute', 'inform', '2c3cabf9e4e7a1f3', 1, 'email', 'representative', 'EUR', 1, '2026-03-02', NULL, 'sent', 'Ann', NULL, NULL),
    (4, '2026-03-03', 'undone', 'C1', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Ann', 'bounced', 3);
