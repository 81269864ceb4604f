package org.zosgrid.workloads.view;

/**
 * What a request was answered, so that it can be answered so again.
 *
 * @param status the HTTP status code
 * @param contentType empty if there is no body
 * @param location where what was made is found; empty if nothing was
 */
public record GivenAnswer(int status, String contentType, String location, byte[] body) {}
