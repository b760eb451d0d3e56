#!/bin/sh
yum install -y nginx
