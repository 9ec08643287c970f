/**
 * Archives in SQL: table functions, loading, comments, the query library. The only package that knows DuckDB.
 */
package io.tcpsnap.duckdb;
